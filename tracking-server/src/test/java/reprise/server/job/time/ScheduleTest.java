package reprise.server.job.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.ledger.Trigger;

/** When things are due, above all on the days on which clocks are changed. */
class ScheduleTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-12-31T23:00:00Z"); // in Berlin
  private static final Instant YEAR_AFTER = Instant.parse("2027-12-31T22:59:59Z");

  private static Schedule cron(String expression, String zone, String... except) {
    return Schedule.of(new Trigger.Cron(expression, zone, List.of(except)), Instant.EPOCH);
  }

  /** All moments of 2027 in Berlin. */
  private static List<Instant> year(Schedule schedule) {
    List<Instant> all = new ArrayList<>();
    Optional<Instant> next = schedule.after(NEW_YEAR.minusNanos(1));
    while (next.isPresent() && !next.get().isAfter(YEAR_AFTER)) {
      all.add(next.get());
      next = schedule.after(next.get());
    }
    return all;
  }

  private static List<String> on(LocalDate day, List<Instant> moments) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    return moments.stream()
        .map(it -> it.atZone(berlin))
        .filter(it -> it.toLocalDate().equals(day))
        .map(it -> it.toOffsetDateTime().toOffsetTime().toString())
        .toList();
  }

  private static final LocalDate SPRING = LocalDate.parse("2027-03-28");
  private static final LocalDate AUTUMN = LocalDate.parse("2027-10-31");

  @Test
  void after_dailyInTheHourThatIsLeaptOver_comesOnceEachDayOfTheYear() {
    List<Instant> year = year(cron("30 2 * * *", "Europe/Berlin"));
    assertThat(year).hasSize(365).isSorted();
    assertThat(on(SPRING, year)).containsExactly("03:30+02:00");
    assertThat(on(AUTUMN, year)).containsExactly("02:30+02:00");
  }

  @Test
  void after_twoTimesThatFallTogetherInSpring_comesOnce() {
    List<Instant> year = year(cron("30 2,3 * * *", "Europe/Berlin"));
    assertThat(year).hasSize(2 * 365 - 1);
    assertThat(on(SPRING, year)).containsExactly("03:30+02:00");
    assertThat(on(AUTUMN, year)).containsExactly("02:30+02:00", "03:30+01:00");
  }

  @ParameterizedTest
  @CsvSource({"0 * * * *,8760", "0 */6 * * *,1460", "*/30 * * * *,17520"})
  void after_everyHour_countsHoursThatPass(String expression, int times) {
    List<Instant> year = year(cron(expression, "Europe/Berlin"));
    // Every n-th hour is one that the clock shows, so on two days the distance is another.
    assertThat(year).hasSizeBetween(times - 1, times + 1);
    assertThat(new HashSet<>(year)).hasSameSizeAs(year);
    if (expression.equals("0 * * * *")) {
      assertThat(year).hasSize(8760);
      assertThat(on(SPRING, year)).hasSize(23);
      assertThat(on(AUTUMN, year)).hasSize(25);
    }
  }

  @Test
  void after_fromWithinTheLeap_findsWhatTheLeapPutOff() {
    Schedule schedule = cron("30 2 * * *", "Europe/Berlin");
    Instant atThree = ZonedDateTime.parse("2027-03-28T03:00:00+02:00").toInstant();
    assertThat(schedule.after(atThree))
        .contains(ZonedDateTime.parse("2027-03-28T03:30:00+02:00").toInstant());
  }

  @Test
  void after_dayThatAZoneLeftOut_comesTheDayAfter() {
    Schedule schedule = cron("0 12 30 12 *", "Pacific/Apia"); // had no 30 December in 2011
    assertThat(schedule.after(Instant.parse("2011-12-30T09:00:00Z")))
        .contains(ZonedDateTime.parse("2011-12-31T12:00:00+14:00").toInstant());
  }

  @Test
  void after_excludedDays_isSilent() {
    Schedule schedule =
        cron("0 9 * * *", "Europe/Berlin", "SAT", "sunday", "2027-12-24/2027-12-26", "2027-05-17");
    List<Instant> year = year(schedule);
    assertThat(year).hasSize(261 - 2); // 24 December and 17 May are no weekend
    assertThat(on(LocalDate.parse("2027-05-17"), year)).isEmpty();
    assertThat(on(LocalDate.parse("2027-05-18"), year)).containsExactly("09:00+02:00");
  }

  @Test
  void after_everySecondOfAnExcludedYear_leapsOverIt() {
    Schedule schedule = cron("* * * * * *", "UTC", "2027-01-01/2027-12-31");
    assertThat(schedule.after(Instant.parse("2027-01-01T00:00:00Z")))
        .contains(Instant.parse("2028-01-01T00:00:00Z"));
  }

  @Test
  void after_everyQuarterOfAnHour_keepsItsDistanceFromTheFirst() {
    Instant from = Instant.parse("2027-01-01T00:00:07Z");
    Schedule schedule = Schedule.of(new Trigger.Every(900, from), Instant.EPOCH);
    assertThat(schedule.after(Instant.EPOCH)).contains(from);
    assertThat(schedule.after(from)).contains(from.plusSeconds(900));
    assertThat(schedule.after(from.plus(Duration.ofDays(365)).plusSeconds(1)))
        .contains(from.plus(Duration.ofDays(365)).plusSeconds(900));
  }

  @Test
  void after_once_isEmptyWhenItHasPassed() {
    Instant at = Instant.parse("2027-01-01T00:00:00Z");
    Schedule schedule = Schedule.of(new Trigger.Once(at), Instant.EPOCH);
    assertThat(schedule.next(Instant.EPOCH, 10)).containsExactly(at);
    assertThat(schedule.after(at)).isEmpty();
  }

  @Test
  void after_hundredSchedulesOfAYear_takesSeconds() {
    long began = System.nanoTime();
    long moments = 0;
    for (int i = 0; i < 100; i++) {
      moments += year(cron("%d %d * * *".formatted(i % 60, i % 24), "Europe/Berlin")).size();
    }
    assertThat(moments).isEqualTo(36_500);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "never", "61 * * * *", "* * * *", "0 0 30 2 *", "* * * * * * *", "a b c d e"})
  void of_expressionThatNobodyCanRead_saysWhatWouldDo(String expression) {
    assertThatThrownBy(() -> cron(expression, "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30 6 * * MON-FRI");
  }

  @Test
  void of_zoneThatDoesNotExist_saysHowOneIsCalled() {
    assertThatThrownBy(() -> cron("@daily", "Europe/Atlantis"))
        .hasMessage(
            "there is no time zone 'Europe/Atlantis'; one is called UTC or like Europe/Berlin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"someday", "2026-13-01", "2026-12-24/2026-12-23", ""})
  void of_dayThatCannotBeLeftOut_saysWhatCould(String day) {
    assertThatThrownBy(() -> cron("@daily", "UTC", day)).hasMessageContaining("2026-12-24");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, 400_000_000_000L})
  void of_distanceThatIsNone_isRefused(long seconds) {
    assertThatThrownBy(() -> Schedule.of(new Trigger.Every(seconds, null), Instant.EPOCH))
        .hasMessageContaining("1 second to 10 years");
  }
}
