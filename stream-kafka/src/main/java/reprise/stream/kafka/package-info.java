/** Messages from Kafka. {@link reprise.stream.kafka.KafkaKind} is all that the server sees. */
@NullMarked
package reprise.stream.kafka;

import org.jspecify.annotations.NullMarked;
