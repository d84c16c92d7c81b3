package reprise.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;

/** The one secret that opens the server, kept where only its owner can read it. */
public final class Token {
  private static final int BYTES = 32;

  private final String value;
  private final String whereToFind;

  private Token(String value, String whereToFind) {
    this.value = value;
    this.whereToFind = whereToFind;
  }

  /** {@code REPRISE_TOKEN}, else the one in {@code home}, which is made if there is none. */
  public static Token in(Home home, Map<String, String> environment) throws IOException {
    String given = environment.get("REPRISE_TOKEN");
    Optional<String> known = home.token(environment).filter(it -> !it.isBlank());
    if (known.isPresent()) {
      boolean fromOutside = given != null && !given.isBlank();
      return new Token(
          known.get(), fromOutside ? "REPRISE_TOKEN of the server" : home.tokenFile().toString());
    }
    return new Token(written(home.tokenFile()), home.tokenFile().toString());
  }

  private static String written(Path file) throws IOException {
    byte[] chance = new byte[BYTES];
    new SecureRandom().nextBytes(chance);
    String value = HexFormat.of().formatHex(chance);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createFile(file, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      // It is empty or not ours to read; the write below says which.
    }
    Files.writeString(file, value + "\n");
    return value;
  }

  public String value() {
    return value;
  }

  /** For the person who came without it: where it stands. */
  String whereToFind() {
    return whereToFind;
  }

  /** Takes equally long however much of {@code offered} is right. */
  boolean is(@Nullable String offered) {
    return offered != null
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }
}
