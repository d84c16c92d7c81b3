package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cells in the order in which they are to be executed, with what they need. It is handed to a clean
 * JVM, which records its execution under the ids that are given here.
 *
 * @param session the id of the journal to be written
 * @param workingDirectory absolute; what relative paths of cells are relative to
 * @param workspace the folder that holds restored files, see {@link Workspace}; null if cells work
 *     on the real files
 * @param keepGoing whether a failed cell is followed by the next one, even if nobody expected it to
 *     fail
 * @param offline whether the network is out of reach, so that requests are answered from what was
 *     recorded
 * @param secrets what was masked in the record and stands in the cells again, by its name; a
 *     pipeline with secrets is handed on without being written to a disk
 * @param classPath jars and class folders that cells see from the beginning
 * @param parameters values for what the notebook asks for by name, in place of its own, by its name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pipeline(
    SessionId session,
    ExperimentName experiment,
    Notebook notebook,
    Origin origin,
    String workingDirectory,
    @Nullable String workspace,
    boolean keepGoing,
    boolean offline,
    List<Cell> cells,
    Map<String, String> secrets,
    List<String> classPath,
    Map<String, String> parameters) {

  public Pipeline {
    cells = List.copyOf(cells);
    secrets = Map.copyOf(secrets);
    classPath = List.copyOf(classPath);
    parameters = Map.copyOf(parameters);
  }

  /** One whose cells see only the jars that they add themselves. */
  public Pipeline(
      SessionId session,
      ExperimentName experiment,
      Notebook notebook,
      Origin origin,
      String workingDirectory,
      @Nullable String workspace,
      boolean keepGoing,
      boolean offline,
      List<Cell> cells,
      Map<String, String> secrets) {
    this(
        session,
        experiment,
        notebook,
        origin,
        workingDirectory,
        workspace,
        keepGoing,
        offline,
        cells,
        secrets,
        List.of(),
        Map.of());
  }

  /** One without secrets, whose cells may use the network. */
  public Pipeline(
      SessionId session,
      ExperimentName experiment,
      Notebook notebook,
      Origin origin,
      String workingDirectory,
      @Nullable String workspace,
      boolean keepGoing,
      List<Cell> cells) {
    this(
        session,
        experiment,
        notebook,
        origin,
        workingDirectory,
        workspace,
        keepGoing,
        false,
        cells,
        Map.of());
  }

  /**
   * One cell to be executed.
   *
   * @param cell its id
   * @param inputs what it gets to read, in order, when it asks for lines
   * @param chance what the cell drew and read before, to be had again; its readings at hand. Null
   *     lets it draw anew
   * @param needs files as they must be when it begins; none where cells work on the real files
   * @param replies what came to it over the network, which is given to it again where the pipeline
   *     is offline
   * @param gap what was executed before it in the original and is left out here; null if nothing is
   * @param jars what its magics took from Maven repositories, at paths where these bytes lie now;
   *     null lets them ask the repositories
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Cell(
      String cell,
      @Nullable Integer executionCount,
      String source,
      List<String> tags,
      List<Step.Input> inputs,
      @Nullable Chance chance,
      List<Need> needs,
      List<Data> replies,
      @Nullable Gap gap,
      @Nullable List<Jar> jars) {

    public Cell {
      tags = List.copyOf(tags);
      inputs = List.copyOf(inputs);
      needs = List.copyOf(needs);
      replies = List.copyOf(replies);
      jars = jars == null ? null : List.copyOf(jars);
    }

    /** One to which nothing came over the network, and whose magics ask the repositories. */
    public Cell(
        String cell,
        @Nullable Integer executionCount,
        String source,
        List<String> tags,
        List<Step.Input> inputs,
        @Nullable Chance chance,
        List<Need> needs) {
      this(cell, executionCount, source, tags, inputs, chance, needs, List.of(), null, null);
    }
  }

  /**
   * Steps that are left out before a cell, whose numbers nobody else may get.
   *
   * @param until how far JShell had counted behind them
   * @param variables those that they declared, whose numbers their later declarations have too
   */
  public record Gap(Flow.Numbering until, List<String> variables) {
    public Gap {
      variables = List.copyOf(variables);
    }
  }

  /**
   * A path as it must be when the cell begins; it is the one that the cell knows.
   *
   * @param digest of the bytes of a {@link Kind#FILE}, of the {@link Listing} of a {@link
   *     Kind#LISTING}, else null
   * @param size of a {@link Kind#SIZED} file, {@link #ANY_SIZE} if nobody asked; else 0
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Need(String path, Kind kind, @Nullable Digest digest, long size) {
    /** For something that must be there, whatever it is. */
    public static final long ANY_SIZE = -1;

    /** How much of a path must be as it was. */
    public enum Kind {
      /** The bytes. */
      FILE,
      /** A file of this size that nobody read; in a replay its bytes are all zero. */
      SIZED,
      /** A folder, whatever is in it. */
      FOLDER,
      /** Nothing may be there. */
      ABSENT,
      /** The order in which a folder gives the names that are in it. */
      LISTING
    }

    /** A file with its bytes. */
    public Need(String path, Digest digest) {
      this(path, Kind.FILE, digest, 0);
    }
  }
}
