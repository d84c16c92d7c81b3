package reprise.extension.magic;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellFailure;

/** Puts jars on the notebook's class path, from this machine or from Maven repositories. */
final class Jars {
  private final Notebook notebook;
  private final Map<String, String> repositories = new LinkedHashMap<>();
  private final Set<String> wanted = new LinkedHashSet<>();
  private @Nullable Maven maven;
  private @Nullable List<AddedJar> recorded;

  Jars(Notebook notebook) {
    this.notebook = notebook;
  }

  /** What repositories gave to the next cell, whatever they would give now; null to ask them. */
  void give(@Nullable List<AddedJar> jars) {
    recorded = jars;
  }

  /** {@code %maven g:a:v …} */
  @Nullable Object maven(List<String> words) {
    resolve(words.stream().filter(word -> !word.startsWith("-")).toList());
    return null;
  }

  @Nullable Object maven(List<String> words, String text) {
    List<String> all = new ArrayList<>(words);
    text.lines()
        .map(line -> line.replaceFirst("(?://|#).*", "").trim())
        .filter(line -> !line.isEmpty())
        .forEach(line -> all.addAll(CellText.split(line)));
    return maven(all);
  }

  private void resolve(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      throw CellFailure.of("NotResolved", "Say which artifact: group:artifact:version.");
    }
    List<AddedJar> given = recorded;
    if (given != null) {
      given.forEach(notebook::add);
      recorded = List.of(); // all at once, for nobody noted which line had asked for which
      return;
    }
    Maven present = maven;
    if (present == null) {
      present = new Maven(notebook::progress);
      maven = present;
    }
    present.resolve(coordinates, repositories).forEach(notebook::add);
  }

  /** {@code %mavenRepo name url} */
  @Nullable Object repository(List<String> words) {
    if (words.size() == 1) {
      repositories.put("repository-" + (repositories.size() + 1), words.get(0));
    } else if (words.size() == 2) {
      repositories.put(words.get(0), words.get(1));
    } else {
      throw CellFailure.of(
          "NotResolved", "Say the repository's name and address: %mavenRepo NAME URL.");
    }
    return null;
  }

  /** Rapaio's {@code %dependency /add g:a:v … /resolve}. */
  @Nullable Object dependency(List<String> words) {
    String command = "/add";
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("/")) {
        obey(command, arguments);
        command = word;
        arguments.clear();
      } else {
        arguments.add(word);
      }
    }
    obey(command, arguments);
    return null;
  }

  private void obey(String command, List<String> arguments) {
    switch (command.toLowerCase(Locale.ROOT)) {
      case "/add" -> arguments.stream().filter(word -> word.contains(":")).forEach(wanted::add);
      case "/resolve" -> {
        if (!wanted.isEmpty()) {
          resolve(List.copyOf(wanted));
        }
      }
      case "/list-dependencies", "/list-artifacts" -> list();
      case "/add-repo", "/repo" -> repository(arguments);
      case "/list-repos" ->
          repositories.forEach((name, url) -> System.out.println(name + " " + url));
      case "/force", "/optional" -> {}
      default ->
          throw CellFailure.of(
              "NotResolved",
              "%dependency knows /add, /resolve, /add-repo, /list-dependencies and /list-repos, not "
                  + command
                  + ".");
    }
  }

  private void list() {
    wanted.forEach(System.out::println);
    for (AddedJar jar : notebook.jars()) {
      System.out.println(jar.coordinates() == null ? jar.path() : "  " + jar.coordinates());
    }
  }

  /**
   * {@code %classpath path …}, or BeakerX's {@code %classpath add jar path} and {@code add mvn g a
   * v}.
   */
  @Nullable Object classPath(List<String> words) throws IOException {
    List<String> rest = words;
    if (!rest.isEmpty() && rest.get(0).equals("add")) {
      rest = rest.subList(1, rest.size());
    }
    if (rest.isEmpty()) {
      notebook.jars().forEach(jar -> System.out.println(jar.path()));
      return null;
    }
    String kind = rest.get(0);
    List<String> named = rest.subList(1, rest.size());
    return switch (kind) {
      case "mvn", "maven" -> maven(joined(named));
      case "config" -> repository(named.isEmpty() ? named : named.subList(1, named.size()));
      case "jar", "dynamic" -> globs(named);
      default -> globs(rest);
    };
  }

  @Nullable Object classPath(List<String> words, String text) throws IOException {
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      List<String> all = new ArrayList<>(words);
      all.addAll(CellText.split(line));
      classPath(all);
    }
    return null;
  }

  /** BeakerX writes {@code group artifact version}. */
  private static List<String> joined(List<String> words) {
    boolean apart = words.size() == 3 && words.stream().noneMatch(word -> word.contains(":"));
    return apart ? List.of(String.join(":", words)) : words;
  }

  /** Jars and class folders by path; {@code *} and {@code **} stand for many. */
  @Nullable Object globs(List<String> words) throws IOException {
    for (String word : words) {
      for (String path : word.split("(?<!^[A-Za-z]):", -1)) {
        if (!path.isEmpty()) {
          found(path).forEach(jar -> notebook.add(new AddedJar(jar, null)));
        }
      }
    }
    return null;
  }

  private static List<Path> found(String written) throws IOException {
    String path = written.replaceFirst("^~(?=/|$)", System.getProperty("user.home"));
    if (!path.matches(".*[*?\\[{].*")) {
      return List.of(existing(Path.of(path)));
    }
    int star = path.replaceFirst("[*?\\[{].*", "").lastIndexOf('/');
    Path base = Path.of(star < 0 ? "" : path.substring(0, star + 1));
    String glob = base.toAbsolutePath().normalize() + "/" + path.substring(star + 1);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    int depth =
        glob.contains("**") ? Integer.MAX_VALUE : path.substring(star + 1).split("/").length;
    try (Stream<Path> files =
        Files.walk(
            existing(base).toAbsolutePath().normalize(), depth, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(matcher::matches).sorted().toList();
    }
  }

  private static Path existing(Path path) {
    if (Files.notExists(path)) {
      throw CellFailure.of(
          "NotFound", "There is no " + path.toAbsolutePath() + "; check the path.");
    }
    return path;
  }

  /** {@code %loadFromPOM pom.xml} */
  @Nullable Object pomFile(List<String> words) throws IOException {
    if (words.isEmpty()) {
      throw CellFailure.of("NotResolved", "Say which POM: %loadFromPOM pom.xml.");
    }
    return pomText(words, Files.readString(existing(Path.of(words.get(0)))));
  }

  @Nullable Object pomText(List<String> words, String text) {
    Pom pom = Pom.of(text);
    repositories.putAll(pom.repositories());
    resolve(pom.dependencies());
    return null;
  }
}
