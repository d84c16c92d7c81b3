package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that a step started. The files that it changed stand among the step's data.
 *
 * @param folder in which it worked, absolute
 * @param exitCode null if it was still running when the step ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChildProcess(List<String> command, String folder, @Nullable Integer exitCode) {
  public ChildProcess {
    command = List.copyOf(command);
  }
}
