package reprise.extension.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Load;

class LoadMeterTest {
  @TempDir Path folder;

  @Test
  void read_busyThread_countsItsProcessor() {
    LoadMeter meter = new LoadMeter(Gpu.on(null));
    long until = System.nanoTime() + 300_000_000;
    long spins = 0;
    while (System.nanoTime() < until) {
      spins++;
    }
    Load load = meter.read(Instant.EPOCH);
    assertThat(spins).isPositive();
    assertThat(load.cpu()).isGreaterThan(0.1);
    assertThat(load.heapBytes()).isPositive();
    assertThat(load.threads()).isPositive();
    assertThat(load.gpu()).isNull();
  }

  @Test
  void read_machineWithGpus_saysTheBusiestShareAndAllMemory() throws IOException {
    program("echo '7, 100'; echo '93, 24'");
    Gpu.Reading reading = Objects.requireNonNull(Gpu.on(folder.toString()).read());
    assertThat(reading.share()).isEqualTo(0.93);
    assertThat(reading.bytes()).isEqualTo(124L << 20);
  }

  @Test
  void read_programThatFails_isNotAskedAgain() throws IOException {
    program("echo asked >> \"$0.log\"; echo 'N/A, N/A'");
    Gpu gpu = Gpu.on("/nowhere:" + folder);
    assertThat(gpu.read()).isNull();
    assertThat(gpu.read()).isNull();
    assertThat(folder.resolve("nvidia-smi.log")).hasContent("asked");
  }

  private void program(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
