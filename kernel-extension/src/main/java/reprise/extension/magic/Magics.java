package reprise.extension.magic;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.UndefinedMagicException;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellFailure;

/** The magics that notebooks can use, in the dialects of IJava, JJava, Rapaio and BeakerX. */
public final class Magics {
  private static final Map<String, String> FORMS =
      Map.of(
          "html", "text/html",
          "markdown", "text/markdown",
          "md", "text/markdown",
          "javascript", "application/javascript",
          "js", "application/javascript",
          "svg", "image/svg+xml",
          "latex", "text/latex");

  private final BaseKernel kernel;
  private final Notebook notebook;
  private final MagicsRegistry registry;
  private final Jars jars;

  public Magics(BaseKernel kernel, Notebook notebook) {
    this.kernel = kernel;
    this.notebook = notebook;
    this.registry = kernel.getMagicsRegistry();
    Shell shell = new Shell();
    Scripts scripts = new Scripts(notebook);
    jars = new Jars(notebook);
    for (String name : List.of("bash", "sh", "shell")) {
      String program = name.equals("bash") ? "bash" : "sh";
      line(name, words -> shell.run(program, String.join(" ", words)));
      body(name, (words, text) -> shell.run(program, text));
    }
    line("load", scripts::load);
    line("jshell", scripts::declared);
    line("reprise", new RepriseLine(notebook)::with);
    line("help", words -> help());
    line("lsmagic", words -> help());
    line("classpath", jars::classPath);
    body("classpath", jars::classPath);
    line("jars", jars::globs);
    line("maven", jars::maven);
    body("maven", jars::maven);
    line("mavenRepo", jars::repository);
    line("addMavenDependency", jars::maven);
    line("addMavenDependencies", jars::maven);
    line("dependency", jars::dependency);
    line("loadFromPOM", jars::pomFile);
    line("pom", jars::pomFile);
    body("loadFromPOM", jars::pomText);
    body("pom", jars::pomText);
    FORMS.forEach((name, form) -> body(name, (words, text) -> show(form, text)));
  }

  /** What repositories gave to the next cell, whatever they would give now; null to ask them. */
  public void give(@Nullable List<AddedJar> recorded) {
    jars.give(recorded);
  }

  /** What a line magic does with its words. */
  private interface Line {
    @Nullable Object with(List<String> words) throws Exception;
  }

  /** What a cell magic does with its words and the text below. */
  private interface Body {
    @Nullable Object with(List<String> words, String text) throws Exception;
  }

  private void line(String name, Line magic) {
    LineMagic<@Nullable Object, BaseKernel> adapted = (kernel, words) -> magic.with(words);
    registry.registerLineMagic(name, adapted);
  }

  private void body(String name, Body magic) {
    CellMagic<@Nullable Object, BaseKernel> adapted =
        (kernel, words, text) -> magic.with(words, text);
    registry.registerCellMagic(name, adapted);
  }

  public @Nullable Object run(CellText.LineMagic magic) throws Exception {
    if (magic.name().equals("time")) {
      return timed(magic.arguments());
    }
    if (!registry.getLineMagicNames().contains(magic.name())) {
      throw unknown("%" + magic.name(), "%", registry.getLineMagicNames());
    }
    return registry.<@Nullable Object, BaseKernel>evalLineMagic(kernel, magic.name(), words(magic));
  }

  /** The shell wants its line as it was written. */
  private static List<String> words(CellText.LineMagic magic) {
    return List.of("sh", "bash", "shell").contains(magic.name())
        ? List.of(magic.arguments())
        : CellText.split(magic.arguments());
  }

  public @Nullable Object run(CellText.CellMagic magic) throws Exception {
    if (magic.name().equals("time")) {
      return timed("\n" + magic.body()); // the lines of tracebacks are those of the cell
    }
    if (!registry.getCellMagicNames().contains(magic.name())) {
      throw unknown("%%" + magic.name(), "%%", registry.getCellMagicNames());
    }
    return registry.<@Nullable Object, BaseKernel>evalCellMagic(
        kernel, magic.name(), CellText.split(magic.arguments()), magic.body());
  }

  private static CellFailure unknown(String magic, String sign, Iterable<String> known) {
    return CellFailure.of(
        UndefinedMagicException.class.getSimpleName(),
        "There is no magic " + magic + " here; there are " + listed(sign, known) + ".");
  }

  private static String listed(String sign, Iterable<String> known) {
    NavigableSet<String> names = new TreeSet<>(List.of("time"));
    known.forEach(names::add);
    return names.stream().map(name -> sign + name).collect(Collectors.joining(", "));
  }

  private @Nullable Object timed(String source) {
    long start = System.nanoTime();
    Object value = notebook.execute(source);
    System.out.printf("Wall time: %.1f ms%n", (System.nanoTime() - start) / 1e6);
    return value;
  }

  private @Nullable Object help() {
    System.out.println("Lines: " + listed("%", registry.getLineMagicNames()) + ", !command");
    System.out.println("Cells: " + listed("%%", registry.getCellMagicNames()));
    return null;
  }

  private @Nullable Object show(String form, String text) {
    DisplayData data = new DisplayData();
    data.putData(form, text);
    notebook.display(data);
    return null;
  }
}
