package reprise.extension.kernel;

import java.awt.image.RenderedImage;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Renders as the library does, but says in words what an image is rather than where it lies. */
final class NotebookRenderer extends Renderer {
  @Override
  protected DisplayData finalizeDisplayData(DisplayData shown, Object value) {
    if (value instanceof RenderedImage image && !shown.hasDataForType(MIMEType.TEXT_PLAIN)) {
      shown.putText("image of %d × %d pixels".formatted(image.getWidth(), image.getHeight()));
    }
    return super.finalizeDisplayData(shown, value);
  }
}
