/** Executes a pipeline in this JVM without a client: the far end of {@code reprise run|replay}. */
@NullMarked
package reprise.extension.headless;

import org.jspecify.annotations.NullMarked;
