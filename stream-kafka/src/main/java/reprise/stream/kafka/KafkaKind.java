package reprise.stream.kafka;

import java.io.IOException;
import reprise.server.job.stream.MessageStream;
import reprise.server.job.stream.StreamKind;

/** Topics of Kafka. No class of its client is loaded before one of them is wanted. */
public final class KafkaKind implements StreamKind {
  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void join(Place place) throws IOException {
    KafkaStream.join(place);
  }

  @Override
  public MessageStream open(Place place, String consumer) throws IOException {
    return KafkaStream.open(place, consumer);
  }
}
