package reprise.reproducer.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobPolicy.CatchUp;
import reprise.ledger.JobSummary;
import reprise.ledger.JobVersion;
import reprise.ledger.Trigger;

/**
 * A job as a DAG of Airflow 3, with one task that executes the bundle beside it.
 *
 * @param remarks in what it is not as the job was, a sentence each
 */
record AirflowDag(String source, List<String> remarks) {

  static AirflowDag of(JobSummary job, JobVersion version) {
    List<String> remarks = new ArrayList<>();
    String schedule = schedule(job, remarks);
    JobPolicy policy = job.job().policy();
    Instant from = version.promotedAt();
    String source =
        """
        \"""Job %1$s, version %2$d, of run %3$s. Reprise wrote it and is not needed to run it.\"""

        from datetime import datetime, timedelta, timezone
        from pathlib import Path

        from airflow.providers.standard.operators.bash import BashOperator
        from airflow.sdk import DAG
        from airflow.timetables.trigger import CronTriggerTimetable

        BUNDLE = Path(__file__).resolve().parent / "bundle"

        with DAG(
            dag_id=%4$s,
            schedule=%5$s,
            start_date=datetime.fromtimestamp(%6$d, tz=timezone.utc),
            catchup=%7$s,
            max_active_runs=%8$d,
            is_paused_upon_creation=True,
            tags=["reprise"],
            default_args={
                "owner": %9$s,
                "retries": %10$d,
                "retry_delay": timedelta(seconds=%11$d),
                "retry_exponential_backoff": True,
                "execution_timeout": %12$s,
            },
        ):
            # With a space at the end, for Airflow takes what ends in .sh for a template of its own.
            BashOperator(task_id="run", bash_command=f"sh '{BUNDLE}/run.sh' ")
        """
            .formatted(
                job.job().job(),
                version.version(),
                version.run(),
                text(job.job().job().value()),
                schedule,
                from.getEpochSecond(),
                policy.catchUp() == CatchUp.NONE ? "False" : "True",
                policy.atOnce(),
                text(job.job().owner() == null ? "reprise" : job.job().owner()),
                policy.attempts() - 1,
                policy.backOffSeconds(),
                policy.timeoutSeconds() == null
                    ? "None"
                    : "timedelta(seconds=%d)".formatted(policy.timeoutSeconds()));
    remarks.add("It is paused until you start it in Airflow, or two would do the same.");
    return new AirflowDag(source, remarks);
  }

  private static String schedule(JobSummary job, List<String> remarks) {
    List<Trigger> clock = Clockwork.of(job);
    if (clock.size() > 1) {
      remarks.add("Only the first of its schedules is in the DAG.");
    }
    for (Trigger trigger : clock) {
      if (trigger instanceof Trigger.Every every) {
        return "timedelta(seconds=%d)".formatted(every.seconds());
      }
      if (trigger instanceof Trigger.Cron cron) {
        Optional<String> minutes = Clockwork.minutes(cron);
        if (minutes.isPresent()) {
          if (!cron.except().isEmpty()) {
            remarks.add(
                "Airflow does not leave out %s.".formatted(String.join(", ", cron.except())));
          }
          return "CronTriggerTimetable(%s, timezone=%s)"
              .formatted(text(minutes.get()), text(cron.zone()));
        }
        remarks.add("Airflow knows no seconds, so %s is left out.".formatted(cron.expression()));
      }
    }
    return "None";
  }

  /** A literal of Python's. */
  private static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '"' || each == '\\') {
        text.append('\\').append(each);
      } else if (each < ' ' || each > '~') {
        text.append("\\u%04x".formatted((int) each));
      } else {
        text.append(each);
      }
    }
    return text.append('"').toString();
  }
}
