package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
  static Stream<Arguments> scalars() {
    return Stream.of(
        Arguments.of(3, "3"),
        Arguments.of(0.1, "0.1"),
        Arguments.of(Double.NaN, "NaN"),
        Arguments.of('x', "x"),
        Arguments.of(true, "true"),
        Arguments.of("text", "text"),
        Arguments.of(LocalDate.of(2026, 11, 22), "2026-11-22"),
        Arguments.of(java.math.BigInteger.TEN, "10"),
        Arguments.of(null, "null"));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void of_scalar_hasItsText(@Nullable Object value, String text) {
    assertThat(Fingerprint.of("v", "T", value).text()).isEqualTo(text);
  }

  @Test
  void of_longTexts_differByDigestThoughTheyBeginAlike() {
    String same = "x".repeat(500);
    assertThat(Fingerprint.of("v", "String", same + "a").digest())
        .isNotNull()
        .isNotEqualTo(Fingerprint.of("v", "String", same + "b").digest());
  }

  @Test
  void of_primitiveArrays_areComparedByContent() {
    assertThat(Fingerprint.of("v", "double[]", new double[] {1, 2}))
        .isEqualTo(Fingerprint.of("v", "double[]", new double[] {1, 2}))
        .isNotEqualTo(Fingerprint.of("v", "double[]", new double[] {2, 1}));
  }

  @Test
  void of_anythingWithCodeOfItsOwn_isOpaqueAndNotCalled() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("called");
          }
        };
    assertThat(Fingerprint.of("v", "Object", hostile).opaque()).isTrue();
    assertThat(Fingerprint.of("v", "AtomicInteger", new AtomicInteger(1)).opaque()).isTrue();
  }
}
