package reprise.reproducer.comparison;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Images as what they show: an encoder may write the same picture in other bytes. */
final class Pixels {
  private Pixels() {}

  /** Whether both are images, in base 64, of the same size with the same colours throughout. */
  static boolean same(String expected, String actual) {
    try {
      BufferedImage left = decode(expected);
      BufferedImage right = decode(actual);
      return left != null
          && right != null
          && left.getWidth() == right.getWidth()
          && left.getHeight() == right.getHeight()
          && Arrays.equals(colours(left), colours(right));
    } catch (IOException | IllegalArgumentException e) {
      return false; // not an image that the JDK can read, so its bytes are all there is
    }
  }

  private static @org.jspecify.annotations.Nullable BufferedImage decode(String base64)
      throws IOException {
    return ImageIO.read(new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
  }

  private static int[] colours(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
