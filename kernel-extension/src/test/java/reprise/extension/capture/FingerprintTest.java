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
    assertThat(new Fingerprint().of("v", "T", value).text()).isEqualTo(text);
  }

  @Test
  void of_longTexts_differByDigestThoughTheyBeginAlike() {
    String same = "x".repeat(500);
    assertThat(new Fingerprint().of("v", "String", same + "a").digest())
        .isNotNull()
        .isNotEqualTo(new Fingerprint().of("v", "String", same + "b").digest());
  }

  @Test
  void of_primitiveArrays_areComparedByContent() {
    assertThat(new Fingerprint().of("v", "double[]", new double[] {1, 2}))
        .isEqualTo(new Fingerprint().of("v", "double[]", new double[] {1, 2}))
        .isNotEqualTo(new Fingerprint().of("v", "double[]", new double[] {2, 1}));
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
    assertThat(new Fingerprint().of("v", "Object", hostile).opaque()).isTrue();
    assertThat(new Fingerprint().of("v", "AtomicInteger", new AtomicInteger(1)).opaque()).isTrue();
  }

  @Test
  void of_manyLargeValuesOfAStep_stopsLookingAtSome() {
    Fingerprint fingerprint = new Fingerprint();
    for (int i = 0; i < 2; i++) {
      assertThat(fingerprint.of("v" + i, "int[]", new int[700_000]).opaque()).isFalse();
    }
    assertThat(fingerprint.of("v2", "int[]", new int[700_000]).opaque()).isTrue();
    assertThat(fingerprint.of("v3", "int[]", new int[70_000]).opaque()).isFalse();
    assertThat(fingerprint.of("v4", "int", 3).text()).isEqualTo("3");
  }
}
