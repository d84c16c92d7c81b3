package reprise.extension.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Reply;

/** Answers one step's requests from the record, and writes down which. */
final class Answers {
  private final RecordedReplies recorded;
  private final int step;
  private final AtomicInteger number;
  private final News news;

  Answers(RecordedReplies recorded, int step, AtomicInteger number, News news) {
    this.recorded = recorded;
    this.step = step;
    this.number = number;
    this.news = news;
  }

  /** A recorded reply, with the URL as the program has it, which may say more than the record. */
  record Answer(Data data, Reply reply, String asked) {
    /** What the program got in place of a reply; null if it got one. */
    @Nullable Throwable failure() {
      Reply.Failure failure = reply.failure();
      return reply.status() == null && failure != null ? thrown(failure) : null;
    }

    /** What ended the reply before its end, or what a connection makes of its status. */
    @Nullable Throwable end() {
      Reply.Failure failure = reply.failure();
      return failure == null ? null : thrown(failure);
    }

    private Throwable thrown(Reply.Failure failure) {
      return Failures.thrown(named(failure));
    }

    private Reply.Failure named(Reply.Failure failure) {
      String message = failure.message();
      Reply.Failure cause = failure.cause();
      return new Reply.Failure(
          failure.exception(),
          message == null ? null : message.replace(data.path(), asked),
          failure.trace(),
          cause == null ? null : named(cause));
    }

    boolean isPartial() {
      return Boolean.TRUE.equals(reply.partial());
    }

    IOException beyond() {
      return new IOException(
          "The record of %s ends here, because the notebook had read no further; 'reprise replay --online' asks for it again."
              .formatted(data.path()));
    }
  }

  /**
   * The reply to a request.
   *
   * @throws IOException if there is none; its message says so to a person
   */
  Answer to(String method, String asked, @Nullable Digest body) throws IOException {
    String url = PublicUrl.of(asked);
    Data data = recorded.next(step, method, url, body);
    if (data == null || data.reply() == null) {
      news.add(step, refused(method, url));
      throw new IOException(
          "%s %s was not recorded, and this replay is offline; 'reprise replay --online' asks for it."
              .formatted(method, url));
    }
    Reply reply = data.reply();
    if (reply.status() == null && reply.failure() == null) {
      throw new IOException("%s %s had got no reply when it was recorded.".formatted(method, url));
    }
    return said(data, reply, asked);
  }

  /** The failure to get there that was recorded in place of the reply; null if it was not so. */
  @Nullable Answer failure(String asked) {
    Data data = recorded.nextFailure(step, PublicUrl.of(asked));
    return data == null || data.reply() == null ? null : said(data, data.reply(), asked);
  }

  private Answer said(Data data, Reply reply, String asked) {
    Reply again = reply.numbered(number.incrementAndGet());
    news.add(
        step,
        new Data(
            Direction.RECEIVED,
            data.path(),
            data.size(),
            data.digest(),
            data.note(),
            data.digestOnly(),
            again));
    return new Answer(data, again, asked);
  }

  private static Data refused(String method, String url) {
    return Data.without(Direction.REFUSED, url, method);
  }

  /** The body of the reply from its beginning. */
  InputStream body(Answer answer) throws IOException {
    Digest digest = answer.data().digest();
    if (digest == null) {
      return InputStream.nullInputStream();
    }
    return recorded
        .open(digest)
        .orElseThrow(
            () ->
                new IOException(
                    "The bytes of %s were not kept; 'reprise replay --online' asks for them again."
                        .formatted(answer.data().path())));
  }
}
