@NullMarked
package reprise.stream.kafka;

import org.jspecify.annotations.NullMarked;
