package reprise.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Wire;

/**
 * Stands before everything, the API, the pages and the git repositories: only those who know the
 * token come to what was recorded, and a page of somebody else cannot speak in their name.
 */
public final class Guard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:;"
          + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  // A page holds nothing that was recorded: it may be had without the token, and asks for it.
  // Spelled
  // in plain letters only, so that what is matched here is what the router will see.
  private static final Pattern PAGE =
      Pattern.compile("/|(?!/(?i:api|git|metrics)(?:/|$))(?:/[\\w@-][\\w@.-]*)+");

  private static final Pattern HOOK = Pattern.compile("/hooks/\\d{1,18}");

  private final transient Token token;

  public Guard(Token token) {
    this.token = token;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    secure(response);
    try {
      if (admitted(request, response)) {
        chain.doFilter(request, response);
      }
    } catch (Refusal e) {
      refuse(response, e);
    }
  }

  private static void secure(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** Whether the request may go on; if not, it has been answered. */
  private boolean admitted(HttpServletRequest request, HttpServletResponse response) {
    checkHost(request);
    if (request.getRequestURI().equals("/health") || isHook(request)) {
      return true;
    }
    if (token.is(offeredInHeader(request))) {
      return true;
    }
    String offered = isPage(request) ? offeredInQuery(request) : null;
    if (token.is(offered)) {
      welcome(request, response);
      return false;
    }
    if (offered == null && token.is(offeredInCookie(request))) {
      checkOrigin(request);
      return true;
    }
    if (isPage(request)) {
      return true;
    }
    throw unknown(request, response);
  }

  // A page elsewhere can have its own name resolve to this machine; the browser then sends that
  // name, and would let the page read the answer.
  private static void checkHost(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host == null || !LOOPBACK.contains(nameIn(host))) {
      throw new Refusal(
          403,
          "this server answers to localhost only, not to '%s'; open it as http://127.0.0.1"
              .formatted(host));
    }
  }

  private static String nameIn(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    int port = lower.lastIndexOf(':');
    return port > lower.lastIndexOf(']') ? lower.substring(0, port) : lower;
  }

  private static void checkOrigin(HttpServletRequest request) {
    boolean changes =
        !HARMLESS.contains(request.getMethod())
            || request.getHeader("X-HTTP-Method-Override") != null;
    String origin = request.getHeader("Origin");
    if (changes && !isOurs(origin, String.valueOf(request.getHeader("Host")))) {
      throw new Refusal(
          403, "the page of '%s' may not change anything here".formatted(String.valueOf(origin)));
    }
  }

  private static boolean isOurs(@Nullable String origin, String host) {
    if (origin == null) {
      return false; // browsers send it with everything that is not a plain GET
    }
    try {
      return host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPage(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && request.getHeader("X-HTTP-Method-Override") == null
        && PAGE.matcher(request.getRequestURI()).matches();
  }

  /** A message that brings its own proof; who takes it looks at that. */
  private static boolean isHook(HttpServletRequest request) {
    return request.getMethod().equals("POST") && HOOK.matcher(request.getRequestURI()).matches();
  }

  private static boolean isGit(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/git/");
  }

  private static @Nullable String offeredInHeader(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null) {
      return null;
    }
    String[] words = header.strip().split(" +", 2);
    if (words.length < 2) {
      return null;
    }
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "bearer", "token" -> words[1];
      case "basic" -> isGit(request) ? passwordIn(words[1]) : null;
      default -> null;
    };
  }

  private static @Nullable String passwordIn(String credentials) {
    try {
      String both = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      return both.substring(both.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String offeredInQuery(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query == null) {
      return null;
    }
    return Arrays.stream(query.split("&"))
        .filter(Guard::isToken)
        .map(part -> URLDecoder.decode(part.substring(6), StandardCharsets.UTF_8))
        .findFirst()
        .orElse(null);
  }

  private static boolean isToken(String part) {
    return part.startsWith("token=");
  }

  private static @Nullable String offeredInCookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    return Arrays.stream(cookies)
        .filter(cookie -> cookie.getName().equals(cookieName(request)))
        .map(cookie -> URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse(null);
  }

  // Browsers do not tell ports apart in cookies; two servers must not put out each other's.
  private static String cookieName(HttpServletRequest request) {
    return "reprise-" + request.getServerPort();
  }

  /** Remembers the browser and takes the token out of its address bar and history. */
  private void welcome(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(
        "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict"
            .formatted(
                cookieName(request), URLEncoder.encode(token.value(), StandardCharsets.UTF_8)));
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", withoutToken(request));
  }

  private static String withoutToken(HttpServletRequest request) {
    String path = request.getRequestURI();
    String rest =
        Arrays.stream(request.getQueryString().split("&"))
            .filter(part -> !isToken(part))
            .collect(Collectors.joining("&"));
    return rest.isEmpty() ? path : path + "?" + rest;
  }

  private Refusal unknown(HttpServletRequest request, HttpServletResponse response) {
    if (isGit(request)) { // git asks for the password only when told to; a browser had better not
      response.setHeader("WWW-Authenticate", "Basic realm=\"reprise\", charset=\"UTF-8\"");
    }
    return new Refusal(
        401,
        "this needs the server's token: open the address that the server printed when it started,"
            + " or send the token as a Bearer header; it stands in "
            + token.whereToFind());
  }

  private static void refuse(HttpServletResponse response, Refusal e) throws IOException {
    response.setStatus(e.status());
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(Wire.write(new Problem(e.status(), e.sentence())));
  }
}
