package reprise.reproducer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Evidence;

/** A bundle that is made of what is known of a run. */
public final class BundleFile {
  private static final long WORTH_TELLING = 64 << 20;

  private final Evidence evidence;
  private final Run run;
  private final Consumer<String> progress;
  private final Map<Digest, String> blobs = new LinkedHashMap<>();
  private final Map<Digest, Path> here = new LinkedHashMap<>();
  private final List<Header.Missing> missing = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private BundleFile(Evidence evidence, Consumer<String> progress) {
    this.evidence = evidence;
    this.run = evidence.run();
    this.progress = progress;
  }

  /**
   * Writes the bundle of a run.
   *
   * @param jars whether jars are taken along that a Maven repository gives to whoever asks
   * @param progress told of what takes long
   * @return what a person must know of it, a sentence each
   */
  public static List<String> write(
      Evidence evidence, boolean jars, Path file, Consumer<String> progress) throws IOException {
    Set<Digest> damaged = new HashSet<>();
    while (true) {
      try {
        BundleFile bundle = new BundleFile(evidence, progress);
        bundle.collect(jars, damaged);
        bundle.pack(file);
        return bundle.remarks;
      } catch (DamagedBlob e) {
        damaged.add(e.digest); // its bytes are in the file already: begin again without them
      }
    }
  }

  /** Its bytes are no longer those that were kept, so it is as good as gone. */
  private static final class DamagedBlob extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    DamagedBlob(Digest digest) {
      super(digest + " is damaged where it is kept");
      this.digest = digest;
    }
  }

  private void collect(boolean jars, Set<Digest> damaged) throws IOException {
    BlobNeeds needs = BlobNeeds.of(run, jars);
    blobs.putAll(needs.kept());
    needs.jars().forEach(blobs::putIfAbsent);
    Set<Digest> gone = new HashSet<>(evidence.missing(blobs.keySet()));
    gone.addAll(damaged);
    missing.addAll(needs.onlyDigests());
    for (Map.Entry<Digest, String> each : Map.copyOf(blobs).entrySet()) {
      if (gone.contains(each.getKey())) {
        findHere(each.getKey(), each.getValue(), needs);
      }
    }
    missing.sort(java.util.Comparator.comparing(Header.Missing::path));
    missing.forEach(
        it -> remarks.add("Missing: the bytes of %s were not kept.".formatted(it.path())));
  }

  /** A jar that the server never got may lie where it was used. */
  private void findHere(Digest digest, String path, BlobNeeds needs) throws IOException {
    Path jar = Path.of(path);
    if (needs.jars().containsKey(digest)
        && Files.isRegularFile(jar)
        && Digest.of(jar).equals(digest)) {
      here.put(digest, jar);
    } else {
      blobs.remove(digest);
      missing.add(new Header.Missing(path, digest));
    }
  }

  private void pack(Path file) throws IOException {
    try (Packing packing = Packing.into(file)) {
      Header header =
          new Header(
              Header.FORMAT,
              Header.WRITTEN_BY,
              run.run(),
              run.session(),
              run.experiment(),
              missing);
      packing.add(Entries.HEADER, out -> line(header, out));
      packing.add(Entries.EVENTS, out -> evidence.events(json -> line(json, out)));
      List<Reproduction> reproductions = evidence.reproductions();
      packing.add(
          Entries.REPRODUCTIONS,
          out -> {
            for (Reproduction each : reproductions) {
              line(each, out);
            }
          });
      packCode(packing);
      packBlobs(packing);
      packing.finish();
    }
  }

  private void packCode(Packing packing) throws IOException {
    ObjectId tip = CodeFile.tip(run);
    if (tip == null) {
      return;
    }
    try (Repository repository = new InMemoryRepository(new DfsRepositoryDescription("bundle"))) {
      if (fetched(repository, tip)) {
        packing.add(Entries.CODE, out -> CodeFile.write(run, repository, tip, out));
      }
    }
  }

  private boolean fetched(Repository repository, ObjectId tip) throws IOException {
    try {
      evidence.code(repository);
    } catch (IOException | JGitInternalException e) {
      remarks.add("Missing: the code files around the notebook, whose history cannot be fetched.");
      return false;
    }
    if (!repository.getObjectDatabase().has(tip)) {
      remarks.add("Missing: the code files around the notebook as the last step saw them.");
      return false;
    }
    return true;
  }

  private void packBlobs(Packing packing) throws IOException {
    int done = 0;
    long unsaid = 0;
    for (Digest digest : blobs.keySet()) {
      try (InputStream bytes = bytes(digest)) {
        Counting counting = new Counting(bytes);
        if (!packing.add(Entries.blob(digest), counting).equals(digest)) {
          throw new DamagedBlob(digest);
        }
        done++;
        unsaid += counting.count();
      }
      if (unsaid > WORTH_TELLING) {
        unsaid = 0;
        progress.accept("%d of %d files packed …".formatted(done, blobs.size()));
      }
    }
  }

  private InputStream bytes(Digest digest) throws IOException {
    @Nullable Path jar = here.get(digest);
    return jar == null ? evidence.blob(digest) : Files.newInputStream(jar);
  }

  private static void line(Object value, OutputStream out) throws IOException {
    line(Wire.write(value), out);
  }

  private static void line(String json, OutputStream out) throws IOException {
    out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
