package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's attempts are carried out, and what they are given there.
 *
 * @param on {@code here}, the server's machine, or {@code slurm}
 * @param partition of the cluster; null for its own choice, as with all that follow
 * @param memory for the whole attempt, as Slurm writes it, e.g. {@code 4G}
 * @param gpus as Slurm writes them, e.g. {@code 1} or {@code a100:2}
 * @param minutes after which Slurm ends it
 * @param account who pays
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Placement(
    String on,
    @Nullable String partition,
    @Nullable Integer cpus,
    @Nullable String memory,
    @Nullable String gpus,
    @Nullable Integer minutes,
    @Nullable String account) {
  public static final String LOCAL = "here";
  public static final String SLURM = "slurm";
  public static final Placement HERE = bare(LOCAL);

  // They become words of a command; nothing in them may mean anything to a shell or to sbatch.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:,-]{0,99}");

  public Placement {
    if (!on.equals(LOCAL) && !on.equals(SLURM)) {
      throw new IllegalArgumentException(
          "an attempt is carried out 'here' or on 'slurm', not on '%s'".formatted(on));
    }
    check("partition", partition);
    check("memory", memory);
    check("gpus", gpus);
    check("account", account);
    check("cpus", cpus);
    check("minutes", minutes);
  }

  /** There, with all else left to its own choice. */
  public static Placement bare(String on) {
    return new Placement(on, null, null, null, null, null, null);
  }

  private static void check(String name, @Nullable String word) {
    if (word != null && !WORD.matcher(word).matches()) {
      throw new IllegalArgumentException("'%s' is no %s for Slurm".formatted(word, name));
    }
  }

  private static void check(String name, @Nullable Integer number) {
    if (number != null && number < 1) {
      throw new IllegalArgumentException("%s is at least 1, not %d".formatted(name, number));
    }
  }
}
