package reprise.extension.kernel;

import com.google.gson.JsonObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Lines that cells ask the person for. A thread of its own waits for the answer, so that an
 * interrupt of the cell does not break the socket.
 */
final class Questions {
  private static final int GLANCE_MILLIS = 50;

  private final Channel stdin;
  private final HMACGenerator signer;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "stdin");
            thread.setDaemon(true);
            return thread;
          });

  Questions(Channel stdin, HMACGenerator signer) {
    this.stdin = stdin;
    this.signer = signer;
  }

  String ask(Request cell, String prompt, boolean password) throws InterruptedException {
    Future<String> answer = asker.submit(() -> answer(cell, prompt, password));
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the client did not answer with a line", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private String answer(Request cell, String prompt, boolean password) throws InterruptedException {
    while (stdin.hasMessage(0)) {
      stdin.parts(); // the answer to a question that was given up
    }
    JsonObject question = new JsonObject();
    question.addProperty("prompt", prompt);
    question.addProperty("password", password);
    stdin.sendMessage(cell.answer(MessageType.INPUT_REQUEST, question));
    while (true) {
      Request reply = next();
      if (reply != null && reply.type().equals("input_reply")) {
        return reply.text("value");
      }
    }
  }

  /** Glances instead of waiting, since the socket itself must not be interrupted. */
  private @Nullable Request next() throws InterruptedException {
    while (!stdin.hasMessage(0)) {
      Thread.sleep(GLANCE_MILLIS);
    }
    try {
      return Request.of(stdin.parts(), signer);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
