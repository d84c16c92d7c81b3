package reprise.server.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The query parameters of a request, read as what they should be. */
public record Asked(Context ctx) {
  public static Asked of(Context ctx) {
    return new Asked(ctx);
  }

  /** What was given for {@code name}; empty if nothing was, or blank. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(it -> !it.isBlank());
  }

  /** A whole number from 0 to {@code most}. */
  public long number(String name, long otherwise, long most) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(given.get());
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a number out of bounds
    }
    throw new Refusal(
        400, "'%s' of %s is not a whole number from 0 to %d".formatted(given.get(), name, most));
  }

  /** One of an enum's constants, in any case. */
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> choices) {
    return text(name).map(given -> constant(name, given, choices));
  }

  private static <E extends Enum<E>> E constant(String name, String given, Class<E> choices) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> choice.name().equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    400,
                    "'%s' of %s is none of %s"
                        .formatted(
                            given,
                            name,
                            Arrays.toString(choices.getEnumConstants()).toLowerCase(Locale.ROOT))));
  }
}
