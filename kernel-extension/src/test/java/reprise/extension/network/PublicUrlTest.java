package reprise.extension.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://example.org/a?b=c&d=, http://example.org/a?b=c&d=",
    "http://ada:pw@example.org/a#part, http://example.org/a",
    "https://example.org/?API_KEY=x&page=2, https://example.org/?API_KEY=***&page=2",
    "https://s3/x?X-Amz-Signature=1&X-Amz-Credential=2, https://s3/x?X-Amz-Signature=***&X-Amz-Credential=***",
    "http://example.org/me@home?monkey=1, http://example.org/me@home?monkey=1",
    "jdbc:postgresql://ada:pw@db:5432/t?ssl=true, jdbc:postgresql://db:5432/t?ssl=true",
    "jdbc:mysql://db/t?user=ada&password=pw, jdbc:mysql://db/t?user=***&password=***",
    "jdbc:sqlserver://db;user=ada;password=pw;encrypt=true, jdbc:sqlserver://db;user=***;password=***;encrypt=true",
    "jdbc:oracle:thin:scott/tiger@db:1521:xe, jdbc:oracle:thin:@db:1521:xe"
  })
  void of_url_showsWhereItLeadsAndNoSecret(String url, String shown) {
    assertThat(PublicUrl.of(url)).isEqualTo(shown);
  }
}
