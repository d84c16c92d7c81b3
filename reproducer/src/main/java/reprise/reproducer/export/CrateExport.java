package reprise.reproducer.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.notebook.ExecutedNotebook;

/** A Provenance Run Crate: a folder, or a zip file if its name says so. */
final class CrateExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    if (!order.target().toString().endsWith(".zip")) {
      try (Draft draft = Draft.folder(order)) {
        List<String> remarks = fill(draft.path(), evidence, order);
        draft.finish();
        return remarks;
      }
    }
    try (Draft draft = Draft.file(order);
        Draft content = Draft.beside(draft)) {
      List<String> remarks = fill(content.path(), evidence, order);
      zip(content.path(), draft.path());
      draft.finish();
      return remarks;
    }
  }

  private static List<String> fill(Path folder, Evidence evidence, ExportOrder order)
      throws IOException {
    Run run = evidence.run();
    List<Reproduction> reproductions = evidence.reproductions();
    List<String> remarks = new ArrayList<>();
    Path notebook = folder.resolve(Crate.workflow(run));
    ExecutedNotebook.of(run, reproductions).write(notebook, notebook.getFileName());
    Files.writeString(
        folder.resolve(Crate.VERDICTS),
        Wire.JSON.valueToTree(reproductions).toPrettyString() + "\n");
    Set<Touched> here = data(folder, evidence, remarks, order);
    Files.writeString(
        folder.resolve(Crate.METADATA), new Crate(run, reproductions, here).json() + "\n");
    return remarks;
  }

  private static Set<Touched> data(
      Path folder, Evidence evidence, List<String> remarks, ExportOrder order) throws IOException {
    List<Digest> wanted =
        Touched.all(evidence.run()).stream()
            .filter(Touched::kept)
            .map(Touched::digest)
            .distinct()
            .toList();
    Set<Digest> missing = new HashSet<>(evidence.missing(wanted));
    Set<Touched> here = new HashSet<>();
    for (Touched touched : Touched.all(evidence.run())) {
      if (touched.kept() && !missing.contains(touched.digest())) {
        Path place = folder.resolve(Crate.file(touched));
        Files.createDirectories(place.resolveSibling(""));
        try (InputStream bytes = evidence.blob(touched.digest())) {
          Files.copy(bytes, place);
        }
        here.add(touched);
        if (touched.size() > 64 << 20) {
          order.progress().accept(touched.path() + " copied …");
        }
      } else {
        remarks.add("Missing: the bytes of %s were not kept.".formatted(touched.path()));
      }
    }
    return here;
  }

  private static void zip(Path folder, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(each).toString();
        if (!name.equals(Draft.OURS)) {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(each, zip);
          zip.closeEntry();
        }
      }
    }
  }
}
