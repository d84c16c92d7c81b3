package reprise.extension.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.ledger.Masked;
import reprise.ledger.Parameter;

@Tag("any-jdk")
class MaskTest {
  /** So that nobody who searches this very file for secrets finds any. */
  private static final String LETTERS = "aB3dE6gH9j".repeat(5);

  private final Mask mask = new Mask();

  /** Each row of {@link Shape}: what is found, and what merely looks like it. */
  static Stream<Arguments> shapes() {
    String jwt = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "dozjgNryP4J3jVmN";
    String upper = "QRST2UVW3XYZ4ABC";
    return Stream.of(
        row(Shape.AWS_KEY, "AKIA" + upper, "AKIA" + upper + "5", "MAKIA" + upper),
        row(Shape.AWS_SESSION_KEY, "ASIA" + upper, "ASIAN MARKETS 2026"),
        row(Shape.GITHUB_PERSONAL, "ghp_" + LETTERS, "ghp_short", "xghp_" + LETTERS),
        row(Shape.GITHUB_OAUTH, "gho_" + LETTERS, "gho_st"),
        row(Shape.GITHUB_USER, "ghu_" + LETTERS, "ghu_1"),
        row(Shape.GITHUB_SERVER, "ghs_" + LETTERS, "ghs_1"),
        row(Shape.GITHUB_REFRESH, "ghr_" + LETTERS, "ghr_1"),
        row(Shape.GITHUB_FINE, "github_pat_" + LETTERS, "github_pat_file"),
        row(Shape.GITLAB, "glpat-" + LETTERS, "glpat-x"),
        row(Shape.SLACK, "xoxb-" + LETTERS, "xoxo-love-from-me-to-you", "xoxb-1"),
        row(Shape.SLACK_APP, "xapp-" + LETTERS, "xapp-1"),
        row(Shape.SLACK_HOOK, "T0AB12/B0CD34/" + LETTERS, "hooks.slack.com/docs"),
        row(Shape.GOOGLE, "AIza" + LETTERS.substring(0, 35), "AIzawa", "AIza" + LETTERS),
        row(Shape.OPENAI, "sk-proj-" + LETTERS, "sk-learn", "sk-a-word-after-a-word-after-a-word"),
        row(Shape.STRIPE, "sk_live_" + LETTERS, "sk_live_x"),
        row(Shape.STRIPE_RESTRICTED, "rk_live_" + LETTERS, "rk_live_x"),
        row(Shape.HUGGING_FACE, "hf_" + LETTERS, "hf_hub_download"),
        row(Shape.NPM, "npm_" + LETTERS, "npm_config_registry"),
        row(Shape.PYPI, "pypi-" + LETTERS, "pypi-mirror"),
        row(Shape.JWT, jwt, "eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x"),
        row(Shape.BEARER, "abc.def-123456", "Bearer of bad news", "Bearer authentication"),
        row(Shape.BEARER_SMALL, "abcdefghijklmn123", "the bearer understands", "bearer abc"),
        row(Shape.PRIVATE_KEY, "MIIEvQIBADANBg\nkqhkiG9w0BAQ", "-----BEGIN CERTIFICATE-----\nMII"),
        row(
            Shape.URL_PASSWORD,
            "hunter2",
            "http://localhost:8080/a@b",
            "see http://a:b and me@x.org"),
        row(Shape.ORACLE_PASSWORD, "tiger", "jdbc:oracle:thin:@//host:1521/service"));
  }

  private static Arguments row(Shape shape, String secret, String... nearMisses) {
    String text =
        switch (shape) {
          case SLACK_HOOK -> "https://hooks.slack.com/services/" + secret;
          case BEARER -> "Bearer " + secret;
          case BEARER_SMALL -> "bearer " + secret;
          case PRIVATE_KEY ->
              "-----BEGIN RSA PRIVATE KEY-----\n" + secret + "\n-----END RSA PRIVATE KEY-----";
          case URL_PASSWORD -> "postgres://ada:" + secret + "@db.example.org/iris";
          case ORACLE_PASSWORD -> "jdbc:oracle:thin:scott/" + secret + "@db:1521:iris";
          default -> secret;
        };
    return Arguments.of(shape, text, secret, List.of(nearMisses));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void text_shape_isMaskedAndNearMissesAreNot(
      Shape shape, String text, String secret, List<String> nearMisses) {
    String masked = mask.text("(" + text + ") and on");
    assertThat(masked)
        .doesNotContain(secret)
        .contains("[masked:")
        .startsWith("(")
        .endsWith(") and on");
    assertThat(Masked.names(masked)).hasSize(1);
    for (String near : nearMisses) {
      assertThat(mask.text(near)).as("near miss of " + shape).isEqualTo(near);
    }
  }

  @Test
  void shapes_everyRow_hasItsExample() {
    assertThat(shapes().map(row -> row.get()[0])).containsExactly((Object[]) Shape.values());
  }

  static Stream<Arguments> named() {
    return Stream.of(
        Arguments.of("password=hunter2", "password=[masked:password]"),
        Arguments.of("db.password=hunter2\nuser=ada", "db.password=[masked:db.password]\nuser=ada"),
        Arguments.of("DB_PASSWORD=h", "DB_PASSWORD=[masked:DB_PASSWORD]"),
        Arguments.of("{\"apiKey\": \"k-1 2\"}", "{\"apiKey\": \"[masked:apiKey]\"}"),
        Arguments.of("{\\\"apiKey\\\": \\\"k1\\\"}", "{\\\"apiKey\\\": \\\"[masked:apiKey]\\\"}"),
        Arguments.of("api-key: abc123", "api-key: [masked:api-key]"),
        Arguments.of("'secret': 'sesame'", "'secret': '[masked:secret]'"),
        Arguments.of("--password hunter2 -v", "--password [masked:password] -v"),
        Arguments.of("--token=abc123", "--token=[masked:token]"),
        Arguments.of("<password>a b</password>", "<password>[masked:password]</password>"),
        Arguments.of(
            "Authorization: Basic YWRhOnNlc2FtZQ", "Authorization: Basic [masked:Authorization]"),
        Arguments.of(
            "Authorization: Token abc123def", "Authorization: Token [masked:Authorization]"),
        Arguments.of("https://x.org/a?key=abcd1234&b=2", "https://x.org/a?key=[masked:key]&b=2"),
        Arguments.of("/a?b=1&signature=3f2a9c77#top", "/a?b=1&signature=[masked:signature]#top"),
        Arguments.of(
            "jdbc:postgresql://h/d?user=u&password=p",
            "jdbc:postgresql://h/d?user=u&password=[masked:password]"),
        Arguments.of(
            "jdbc:sqlserver://h;user=u;password=p;a=b",
            "jdbc:sqlserver://h;user=u;password=[masked:password];a=b"),
        Arguments.of(
            "-Djavax.net.ssl.keyStorePassword=x1",
            "-Djavax.net.ssl.keyStorePassword=[masked:javax.net.ssl.keyStorePassword]"),
        Arguments.of(
            "Login[user=ada, password=hunter2]", "Login[user=ada, password=[masked:password]]"));
  }

  @ParameterizedTest
  @MethodSource("named")
  void text_valueBehindItsName_isMasked(String text, String masked) {
    assertThat(mask.text(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void text_nearMissOfAName_staysAsItIs(String text) {
    assertThat(mask.text(text)).isEqualTo(text);
  }

  static Stream<String> harmless() {
    return Stream.of(
        "tokens=512 tokenizer=bert",
        "token=the",
        "next token: hello",
        "password: wrong",
        "password=",
        "password=null",
        "password=${DB_PASSWORD}",
        "password=$DB_PASSWORD",
        "password=********",
        "PWD=/home/ada",
        "key=iris primaryKey=id",
        "?key=value",
        "secretary=Ada Lovelace",
        "keyboard: us105keys",
        "a signature=3f2a9c77 of sorts",
        "[masked:password]",
        "password=[masked:password]",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b");
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        Arguments.of("String password = \"hunter2\";", "hunter2"),
        Arguments.of("var dbPassword=\"h\";", "h"),
        Arguments.of("final String API_KEY = \"a b\";", "a b"),
        Arguments.of("token = \"tok-123456\";", "tok-123456"),
        Arguments.of("char[] passphrase = \"open sesame\".toCharArray();", "open sesame"),
        Arguments.of("String secret = \"\"\"\n    line\n    \"\"\";", "line"),
        Arguments.of("String password = \"a\\\"b\";", "a\\\"b"),
        Arguments.of("client.password(\"hunter2\").build()", "hunter2"),
        Arguments.of("config.setApiKey( \"k1\" );", "k1"),
        Arguments.of(
            "var p = new Properties(); p.put(\"user\", \"ada\"); p.put(\"password\", \"h\");", "h"),
        Arguments.of("Map.of(\"user\", \"ada\", \"password\", \"h2\")", "h2"),
        Arguments.of("System.setProperty(\"db.password\", \"h2\");", "h2"),
        Arguments.of("request.header(\"Authorization\", \"Basic YWRhOmE=\")", "Basic YWRhOmE="),
        Arguments.of("DriverManager.getConnection(url, \"sa\", \"h2\")", "h2"),
        Arguments.of("DriverManager.getConnection(\"jdbc:mysql://u:pw1@h/d\")", "pw1"),
        Arguments.of("new ProcessBuilder(\"mysql\", \"--password\", \"h2\")", "h2"),
        Arguments.of("String[] c = {\"mysql\", \"--password\", \"h2\"};", "h2"),
        Arguments.of("int a = 1; // password=h2", "h2"),
        Arguments.of("/* AKIA" + "QRST2UVW3XYZ4ABC */", "AKIA" + "QRST2UVW3XYZ4ABC"),
        Arguments.of(
            "int x = 1;\n!curl -H 'Authorization: Bearer abc123def456gh'", "abc123def456gh"),
        Arguments.of("%%bash\nexport TOKEN=abc123\n", "abc123"));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void source_secret_isMaskedAndNothingElse(String source, String secret) {
    String masked = mask.source(source).text();
    assertThat(Masked.names(masked)).as(masked).hasSize(1);
    String name = Masked.names(masked).iterator().next();
    assertThat(Masked.filled(masked, Map.of(name, secret))).isEqualTo(source);
  }

  @ParameterizedTest
  @MethodSource("harmlessSources")
  void source_nearMiss_staysAsItIs(String source) {
    assertThat(mask.source(source).text()).isEqualTo(source);
  }

  static Stream<String> harmlessSources() {
    return Stream.of(
        "String password = System.getenv(\"DB_PASSWORD\");",
        "String password = readPassword(\"Password: \");",
        "String password = \"\";",
        "String token = \"the\";",
        "for (String token : text.split(\" \")) count.merge(token, 1, Integer::sum);",
        "String tokenizer = \"bert-base\"; int maxTokens = 5;",
        "String key = \"species\"; String primaryKey = \"id\";",
        "secrets.get(\"prod/db\"); getPassword(\"prod/db\");",
        "List.of(\"password\", \"email\", \"name\")",
        "if (password == \"x\") {}",
        "request.header(\"Authorization\", \"Bearer \" + token)",
        "\"password = \" + password",
        "System.out.println(\"Enter your password: \");",
        "password = other.password + next(1);",
        "char quote = '\"'; String password = null; char end = '\"';");
  }

  @Test
  void source_secretSeenOnce_isMaskedWhereverItComesUpLater() {
    mask.source("String password = \"hunter2\";");
    assertThat(mask.source("login(\"ada\", \"hunter2\")").text())
        .isEqualTo("login(\"ada\", \"[masked:password]\")");
    assertThat(mask.text("tried hunter2 twice")).isEqualTo("tried [masked:password] twice");
    assertThat(mask.text("hunter23 is another word")).isEqualTo("hunter23 is another word");
  }

  @Test
  void source_twoSecretsOfOneName_haveTwoNames() {
    mask.source("String password = \"hunter2\";");
    assertThat(mask.source("password = \"other-2\"; password = \"hunter2\";").text())
        .isEqualTo("password = \"[masked:password2]\"; password = \"[masked:password]\";");
  }

  @Test
  void parameter_behindASecret_standsWhereTheMaskedSourceHasIt() {
    String source = "String password = \"hunter2\"; int epochs = 10;";
    MaskedSource masked = mask.source(source);
    int password = source.indexOf("\"hunter2\"");
    int epochs = source.indexOf("10");
    Parameter hidden =
        masked.parameter(
            new Parameter("password", "String", "\"hunter2\"", password, password + 9));
    Parameter plain = masked.parameter(new Parameter("epochs", "int", "10", epochs, epochs + 2));
    assertThat(hidden.value()).isEqualTo("\"[masked:password]\"");
    assertThat(hidden.masked()).isTrue();
    assertThat(plain.value()).isEqualTo("10");
    assertThat(plain.masked()).isNull();
    assertThat(masked.text().substring(plain.start(), plain.end())).isEqualTo("10");
    assertThat(masked.text().substring(hidden.start(), hidden.end())).isEqualTo(hidden.value());
  }

  @Test
  void knowing_environment_masksItsSecretsAndNoOthers() {
    mask.knowing(Map.of("DB_PASSWORD", "correct horse", "LANG", "de_DE.UTF-8", "PWD", "/home/ada"))
        .knowingOptions(List.of("-Xmx1g", "-Ddb.token=abc123"));
    assertThat(mask.text("correct horse in /home/ada, de_DE.UTF-8, abc123"))
        .isEqualTo("[masked:DB_PASSWORD] in /home/ada, de_DE.UTF-8, [masked:db.token]");
  }

  @Test
  void text_madeToBeSlow_takesTimeInProportion() {
    for (String piece :
        List.of(
            "eyJ",
            "eyJa.",
            "eyJaaaaaaaaa.eyJaaaaa",
            "-----BEGIN ",
            "://",
            "://a:",
            "password=",
            "password: ",
            "a.",
            "--",
            "sk-",
            "Bearer ",
            "\"",
            "\\\"",
            "<password>",
            "password",
            "AKIA",
            "jdbc:oracle:thin:a/",
            " ",
            "x")) {
      String text = piece.repeat((1 << 18) / piece.length());
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(30), // a square of the length would take many minutes
          () -> {
            mask.text(text);
            mask.source("String s = \"" + text + "\";");
            mask.source("// " + text);
          },
          piece);
    }
  }
}
