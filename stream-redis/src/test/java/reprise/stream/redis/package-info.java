@NullMarked
package reprise.stream.redis;

import org.jspecify.annotations.NullMarked;
