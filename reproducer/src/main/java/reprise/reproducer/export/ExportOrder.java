package reprise.reproducer.export;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a person asked for.
 *
 * @param target a file or a folder, as the form has it
 * @param force whether something that stands there may be replaced
 * @param jars whether jars travel that a Maven repository would give as well
 * @param progress told in a line what is being done, where it takes long
 */
public record ExportOrder(Path target, boolean force, boolean jars, Consumer<String> progress) {
  public ExportOrder {
    target = target.toAbsolutePath().normalize();
  }
}
