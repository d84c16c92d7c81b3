package reprise.reproducer.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import reprise.ledger.AlertChannel;
import reprise.ledger.AlertRule;
import reprise.ledger.JobAlerts;
import reprise.ledger.JobName;

/** The options that say who answers for a job, and who is told of it. */
final class AlertOptions {
  private static final List<AlertRule> USUAL =
      List.of(new AlertRule.OnFailure(), new AlertRule.OnRecovery(), new AlertRule.IfDiverged());

  @Option(names = "--owner", paramLabel = "NAME", description = "Who answers for the job.")
  private @Nullable String owner;

  @Option(
      names = "--alert",
      paramLabel = "PLACE",
      description =
          "Who is told: mail:ada@example.org, or slack:NAME and hook:NAME with the name of the"
              + " server's environment variable that holds the address. May be repeated.")
  private List<AlertChannel> channels = new ArrayList<>();

  @Option(
      names = "--upon",
      paramLabel = "RULE",
      split = ",",
      converter = RuleReader.class,
      description =
          "Upon what: failed, recovered, diverged, not-started=10m, late=1h, no-success=26h, slow=3 (times as long"
              + " as usual), drifted=0.1 (a CSV or TSV file that is read live has other rows, ranges,"
              + " categories or gaps than golden's, by more than 10 %%), metric=accuracy:0.05:higher (worse than golden by more than 5 %%) or"
              + " metric=loss:0.1:lower:5 (than the last 5). failed, recovered and diverged if not"
              + " given.")
  private List<AlertRule> rules = new ArrayList<>();

  @Option(names = "--no-alerts", description = "Nobody is to be told.")
  private boolean none;

  /** Tells the server what was said; does nothing if nothing was. */
  void apply(JobClient jobs, JobName job) throws IOException {
    if (owner != null) {
      jobs.owner(job, owner);
    }
    if (none) {
      jobs.put(job, new JobAlerts(List.of(), List.of(), true));
    } else if (!channels.isEmpty() || !rules.isEmpty()) {
      JobAlerts before = jobs.alerts(job);
      List<AlertRule> kept = before.rules().isEmpty() ? USUAL : before.rules();
      jobs.put(
          job,
          new JobAlerts(
              channels.isEmpty() ? before.to() : channels, rules.isEmpty() ? kept : rules, false));
    }
  }

  /** For picocli. */
  static final class RuleReader implements ITypeConverter<AlertRule> {
    @Override
    public AlertRule convert(String written) {
      try {
        return rule(written.strip());
      } catch (TypeConversionException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            e instanceof NumberFormatException ? unknown(written) : String.valueOf(e.getMessage()));
      }
    }

    private static AlertRule rule(String written) {
      int equals = written.indexOf('=');
      String name = equals < 0 ? written : written.substring(0, equals);
      String bound = equals < 0 ? "" : written.substring(equals + 1);
      return switch (name) {
        case "failed" -> new AlertRule.OnFailure();
        case "recovered" -> new AlertRule.OnRecovery();
        case "diverged" -> new AlertRule.IfDiverged();
        case "not-started" -> new AlertRule.IfNotStarted(seconds(bound));
        case "late" -> new AlertRule.IfLate(seconds(bound));
        case "no-success" -> new AlertRule.WithoutSuccess(seconds(bound));
        case "drifted" -> new AlertRule.IfDrifted(Double.parseDouble(bound));
        case "slow" -> new AlertRule.IfSlow(Double.parseDouble(bound));
        case "metric" -> metric(written, List.of(bound.split(":", -1)));
        default -> throw new TypeConversionException(unknown(written));
      };
    }

    private static int seconds(String bound) {
      return Math.toIntExact(new Stretch.Reader().convert(bound).seconds());
    }

    private static AlertRule metric(String written, List<String> parts) {
      boolean fits =
          (parts.size() == 3 || parts.size() == 4)
              && (parts.get(2).equals("higher") || parts.get(2).equals("lower"));
      if (!fits) {
        throw new TypeConversionException(unknown(written));
      }
      return new AlertRule.IfWorse(
          parts.get(0),
          Double.parseDouble(parts.get(1)),
          parts.get(2).equals("higher"),
          parts.size() == 4 ? Integer.valueOf(parts.get(3)) : null);
    }

    private static String unknown(String written) {
      return ("'%s' is no rule; write failed, recovered, diverged, not-started=10m, late=1h,"
              + " no-success=26h, slow=3, drifted=0.1"
              + " or metric=accuracy:0.05:higher.")
          .formatted(written);
    }
  }
}
