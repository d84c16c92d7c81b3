package reprise.extension.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The class that woven code of {@code java.base} calls: one of our hooks under a name in {@code
 * java.lang}. The name is as long as the hook's own, so that one can be written over the other in
 * the class file; to read and write it properly took 50 ms of each kernel's start.
 */
final class HookCopy {
  /** Where copies live, with the beginning of their names; the end is the hook's simple name. */
  static final String PLACE = "java/lang/RepriseWovenIn";

  private static final byte[] COPY = PLACE.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OURS =
      (HookCopy.class.getPackageName() + ".").replace('.', '/').getBytes(StandardCharsets.US_ASCII);

  private HookCopy() {}

  /** The class file of a hook's copy. The hook refers to no other class of this package. */
  static byte[] of(Class<?> hook) throws IOException {
    try (InputStream in = hook.getResourceAsStream(hook.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IOException("the hook is missing from the agent's jar");
      }
      return renamed(in.readAllBytes());
    }
  }

  private static byte[] renamed(byte[] bytes) {
    for (int at = 0; at <= bytes.length - OURS.length; at++) {
      if (bytes[at] == OURS[0]
          && Arrays.equals(bytes, at, at + OURS.length, OURS, 0, OURS.length)) {
        System.arraycopy(COPY, 0, bytes, at, COPY.length);
      }
    }
    return bytes;
  }
}
