package reprise.extension.cell;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A jar or class folder that a cell put on the class path.
 *
 * @param coordinates {@code group:artifact:version} if it came from a Maven repository
 */
public record AddedJar(Path path, @Nullable String coordinates) {}
