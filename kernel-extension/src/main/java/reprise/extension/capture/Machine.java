package reprise.extension.capture;

import java.nio.file.Path;
import java.util.List;

/** What belongs to the machine rather than to a person's work. */
public final class Machine {
  private static final List<String> DEVICES = List.of("/proc", "/sys", "/dev");
  private static final List<String> ITS_OWN =
      List.of("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/run");

  /** Among the devices by its place, but a disk like any other: people put quick data there. */
  private static final List<String> DISKS = List.of("/dev/shm");

  private Machine() {}

  /** Whether what lies there is made while it is read, so that it has no bytes to be kept. */
  public static boolean isDevice(Path path) {
    return lies(path.toString(), DEVICES) && !lies(path.toString(), DISKS);
  }

  /** Whether a replay meets it as the machine has it, unless its bytes were recorded. */
  public static boolean owns(Path path) {
    return lies(path.toString(), ITS_OWN) && !lies(path.toString(), DISKS);
  }

  /** By text, for it is asked of every file that a program touches. */
  static boolean lies(String path, List<String> roots) {
    for (String root : roots) {
      if (path.startsWith(root)
          && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
