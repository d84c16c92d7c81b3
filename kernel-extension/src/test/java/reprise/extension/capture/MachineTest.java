package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void isDevice_whatIsMadeWhileItIsRead_isOne() {
    assertThat(Machine.isDevice(Path.of("/dev/random"))).isTrue();
    assertThat(Machine.isDevice(Path.of("/proc/self/stat"))).isTrue();
    assertThat(Machine.isDevice(Path.of("/device/a"))).isFalse();
  }

  @Test
  void isDevice_fileInSharedMemory_isAFileLikeAnyOther() {
    Path quick = Path.of("/dev/shm/features.bin");
    assertThat(Machine.isDevice(quick)).isFalse();
    assertThat(Machine.owns(quick)).isFalse();
    assertThat(Machine.owns(Path.of("/dev/shmem"))).isTrue();
  }
}
