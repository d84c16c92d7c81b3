package reprise.extension.attach;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellFailure;
import reprise.ledger.Outcome;

/** A cell of somebody else's kernel between its beginning and its end. */
final class RunningCell {
  private final String request;
  private final long since = System.nanoTime();
  private long tookNanos;
  private @Nullable JsonNode reply;
  private boolean idle;
  private String prompt = "";
  private boolean password;

  /**
   * @param request the id of the message that asked for it
   */
  RunningCell(String request) {
    this.request = request;
  }

  String request() {
    return request;
  }

  void answers(JsonNode content) {
    reply = content;
    tookNanos = System.nanoTime() - since;
  }

  void idles() {
    idle = true;
  }

  /** Some kernels answer before they are idle, some behind. */
  boolean isOver() {
    return idle && reply != null;
  }

  void asks(String question, boolean forPassword) {
    prompt = question;
    password = forPassword;
  }

  String prompt() {
    return prompt;
  }

  boolean asksForPassword() {
    return password;
  }

  long tookNanos() {
    return reply == null ? System.nanoTime() - since : tookNanos;
  }

  /** How it ended by what the kernel answered, in the words of our own kernel where it can be. */
  Outcome outcome(@Nullable CellFailure failure, boolean interrupted) {
    JsonNode answer = reply;
    if (answer != null && answer.path("status").asText().equals("ok")) {
      return new Outcome.Succeeded();
    }
    if (interrupted) {
      return new Outcome.Interrupted("interrupt"); // Rapaio's kernel does not answer then
    }
    if (failure != null) {
      return failure.outcome();
    }
    return answer == null
        ? new Outcome.Succeeded()
        : new Outcome.Failed(answer.path("ename").asText(), answer.path("evalue").asText());
  }
}
