package reprise.reproducer.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import reprise.ledger.Data.Direction;
import reprise.ledger.Parameter;
import reprise.ledger.Verdict;
import reprise.reproducer.evidence.Recorded;
import reprise.reproducer.evidence.Recorded.Did;

/** Runs to be exported. */
final class Exported {
  private Exported() {}

  /** Reads, sets a parameter, writes, executes a cell twice, fails, and was replayed. */
  static Recorded run(Path folder) throws IOException {
    Recorded run = new Recorded(folder);
    String in = Recorded.WORK + "/in put.csv";
    String out = Recorded.WORK + "/out.csv";
    return run.cell("c0", "double alpha = 0.5;", Did.set(parameter("alpha", "double", "0.5")))
        .cell("c1", "read()", Did.touched(run.file(Direction.READ, in, "a,b\n")))
        .cell("c2", "write()", Did.touched(run.file(Direction.WRITTEN, out, "1\n")))
        .cell("c3", "again()", Did.touched(run.file(Direction.READ, out, "1\n")))
        .cell("c3", "again()", Did.touched(Recorded.tooLarge("/data/huge.bin")))
        .cell("c4", "boom()", Did.failed())
        .over()
        .reproduced(Verdict.IDENTICAL);
  }

  private static Parameter parameter(String name, String type, String value) {
    return new Parameter(name, type, value, 0, 0);
  }

  static List<String> as(Form form, Recorded run, Path target) throws IOException {
    return form.write(run, new ExportOrder(target, false, false, line -> {}));
  }
}
