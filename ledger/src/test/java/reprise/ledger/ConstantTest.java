package reprise.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantTest {
  private static Parameter parameter(String type, String constant) {
    return new Parameter("x", type, constant, 0, constant.length());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "int,1,42,42",
        "int,1,-7,-7",
        "long,1L,42,42L",
        "double,0.5,1e-3,0.001",
        "double,3,4,4.0",
        "float,0.5f,0.25,0.25f",
        "boolean,true,false,false",
        "char,'a',b,'b'",
        "char,'a',','\\''",
        "String,\"a\",b c,\"b c\"",
        "java.lang.String,\"a\",b,\"b\"",
        "Integer,1,5,5",
        "Object,\"a\",b,\"b\"",
        "Object,1.5,2,2.0",
        "Number,1L,2,2L",
        "byte,1,127,127"
      })
  void spelled_valueOfTheType_isAsJavaSpellsIt(
      String type, String constant, String text, String spelled) {
    assertThat(Constant.spelled(Constant.type(parameter(type, constant)), text)).contains(spelled);
  }

  @ParameterizedTest
  @CsvSource({
    "int,1,x",
    "int,1,1.5",
    "int,1,99999999999",
    "long,1L,1.5",
    "double,1.0,NaN",
    "double,1.0,0x1p3",
    "double,1.0,1e999",
    "boolean,true,yes",
    "char,'''a''',ab",
    "byte,1,128"
  })
  void spelled_valueOfAnotherType_isNone(String type, String constant, String text) {
    assertThat(Constant.spelled(Constant.type(parameter(type, constant)), text)).isEmpty();
  }

  @Test
  void spelled_textThatJavaWouldReadOtherwise_isEscaped() {
    assertThat(Constant.spelled("String", "a\"b\\c\nd\te\u0007"))
        .contains("\"a\\\"b\\\\c\\nd\\te\\u0007\"");
  }
}
