package reprise.extension.secret;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that can be told by their own shape, wherever they stand. Each row is tried only where
 * its beginning stands at the start of a word, and looks at a bounded stretch from there, so a text
 * of any kind takes time in proportion to its length.
 */
enum Shape {
  AWS_KEY("aws-key", "AKIA", "AKIA[A-Z0-9]{16}+(?![A-Za-z0-9])"),
  AWS_SESSION_KEY("aws-key", "ASIA", "ASIA[A-Z0-9]{16}+(?![A-Za-z0-9])"),
  GITHUB_PERSONAL("github-token", "ghp_", "ghp_[A-Za-z0-9]{30,255}+"),
  GITHUB_OAUTH("github-token", "gho_", "gho_[A-Za-z0-9]{30,255}+"),
  GITHUB_USER("github-token", "ghu_", "ghu_[A-Za-z0-9]{30,255}+"),
  GITHUB_SERVER("github-token", "ghs_", "ghs_[A-Za-z0-9]{30,255}+"),
  GITHUB_REFRESH("github-token", "ghr_", "ghr_[A-Za-z0-9]{30,255}+"),
  GITHUB_FINE("github-token", "github_pat_", "github_pat_[A-Za-z0-9_]{22,255}+"),
  GITLAB("gitlab-token", "glpat-", "glpat-[\\w-]{20,255}+"),
  SLACK("slack-token", "xox", "xox[abposr]-(?=[A-Za-z-]{0,100}\\d)[A-Za-z0-9-]{10,255}+"),
  SLACK_APP("slack-token", "xapp-", "xapp-[A-Za-z0-9-]{10,255}+"),
  SLACK_HOOK(
      "slack-hook", "hooks", "hooks\\.slack\\.com/services/(?<secret>[A-Za-z0-9/]{20,120}+)"),
  GOOGLE("google-key", "AIza", "AIza[\\w-]{35}+(?![\\w-])"),
  OPENAI("api-key", "sk-", "sk-(?=[\\w-]{0,200}\\d)[\\w-]{20,255}+"),
  STRIPE("stripe-key", "sk_live_", "sk_live_[A-Za-z0-9]{16,255}+"),
  STRIPE_RESTRICTED("stripe-key", "rk_live_", "rk_live_[A-Za-z0-9]{16,255}+"),
  HUGGING_FACE("huggingface-token", "hf_", "hf_[A-Za-z0-9]{30,255}+"),
  NPM("npm-token", "npm_", "npm_[A-Za-z0-9]{36,255}+"),
  PYPI("pypi-token", "pypi-", "pypi-[\\w-]{50,400}+"),
  JWT("jwt", "eyJ", "eyJ[\\w-]{8,4096}+\\.eyJ[\\w-]{4,8192}+\\.[\\w-]{0,4096}+"),
  BEARER(
      "bearer",
      "Bearer ",
      "Bearer {1,4}+(?<secret>(?=[^\\s\"']{0,200}[\\d._~+/-])[\\w.~+/=-]{12,8192}+)"),
  BEARER_SMALL(
      "bearer", "bearer ", "bearer {1,4}+(?<secret>(?=[^\\s\"']{0,200}\\d)[\\w.~+/=-]{16,8192}+)"),
  PRIVATE_KEY(
      "private-key",
      "-----BEGIN",
      "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\\s{0,64}+(?<secret>(?s:.*?))\\s{0,64}+(?:-----END|\\z)"),
  URL_PASSWORD(
      "url-password", "://", "://[^\\s/?#@:\"'\\\\]{0,128}+:(?<secret>[^\\s/?#\"'\\\\]{1,256})@"),
  ORACLE_PASSWORD(
      "url-password",
      "jdbc:oracle:",
      "jdbc:oracle:\\w{1,10}+:[^\\s/@\"]{1,128}+/(?<secret>[^\\s@\"]{1,256}+)@");

  /** The longest stretch that any row looks at; a private key of 16384 bits fits. */
  static final int LONGEST = 1 << 14;

  private static final Map<Shape, Pattern> COMPILED = new ConcurrentHashMap<>();

  private final String label;
  private final String beginning;
  private final String pattern;

  Shape(String label, String beginning, String pattern) {
    this.label = label;
    this.beginning = beginning;
    this.pattern = pattern;
  }

  /** Whether the row may be tried at {@code at}; true for few places. */
  boolean beginsAt(String text, int at) {
    return text.startsWith(beginning, at);
  }

  /** The first character with which the row's texts begin. */
  char first() {
    return beginning.charAt(0);
  }

  /** The secret that begins, with what belongs to it, at {@code at}. */
  @Nullable Span at(String text, int at, int end) {
    Matcher matcher = compiled().matcher(text);
    matcher.useTransparentBounds(true);
    matcher.region(at, Math.min(end, at + LONGEST));
    if (!matcher.lookingAt()) {
      return null;
    }
    boolean part = pattern.contains("(?<secret>");
    int from = part ? matcher.start("secret") : matcher.start();
    int to = part ? matcher.end("secret") : matcher.end();
    return from == to || text.startsWith("[masked:", from) ? null : new Span(from, to, label);
  }

  /** A session that meets no secret compiles none of the patterns. */
  private Pattern compiled() {
    return COMPILED.computeIfAbsent(this, shape -> Pattern.compile(shape.pattern));
  }
}
