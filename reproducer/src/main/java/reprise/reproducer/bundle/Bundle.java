package reprise.reproducer.bundle;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.TrackingClient;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Evidence;

/** What is known of a run, in a file of which every byte has been looked at. */
public final class Bundle implements Evidence {
  private final ZipFile zip;
  private final Run run;

  private Bundle(ZipFile zip, Run run) {
    this.zip = zip;
    this.run = run;
  }

  /**
   * Opens a bundle.
   *
   * @param progress told of what takes long
   * @throws DamagedBundle if it is none, or any byte of it is not as it was written
   */
  public static Bundle open(Path file, Consumer<String> progress) throws IOException {
    Inspection inspection = new Inspection(file, progress);
    ZipFile zip = inspection.open();
    try {
      Header header = inspection.passed(zip);
      Run run =
          Run.of(header.run(), () -> new Events(zip))
              .orElseThrow(() -> DamagedBundle.spoilt(file, "does not hold the run that it is of"));
      return new Bundle(zip, run);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e instanceof RuntimeException
          ? DamagedBundle.spoilt(file, "holds something else than the record of a run")
          : (IOException) e;
    }
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public List<Reproduction> reproductions() throws IOException {
    List<Reproduction> reproductions = new ArrayList<>();
    try (BufferedReader lines = lines(zip, Entries.REPRODUCTIONS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reproductions.add(Wire.read(line, Reproduction.class));
      }
    }
    return reproductions;
  }

  @Override
  public void events(TrackingClient.EventLine each) throws IOException {
    try (BufferedReader lines = lines(zip, Entries.EVENTS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.take(line);
      }
    }
  }

  @Override
  public List<Digest> missing(Collection<Digest> wanted) {
    return wanted.stream().filter(digest -> zip.getEntry(Entries.blob(digest)) == null).toList();
  }

  @Override
  public InputStream blob(Digest digest) throws IOException {
    return entry(zip, Entries.blob(digest));
  }

  /** All blobs with their sizes. */
  List<Blob> blobs() {
    return zip.stream()
        .filter(entry -> entry.getName().startsWith("blobs/"))
        .map(
            entry ->
                new Blob(
                    new Digest(entry.getName().substring("blobs/ab/".length())), entry.getSize()))
        .toList();
  }

  record Blob(Digest digest, long size) {}

  boolean hasCode() {
    return zip.getEntry(Entries.CODE) != null;
  }

  @Override
  public void code(Repository into) throws IOException {
    try (InputStream bundle = entry(zip, Entries.CODE)) {
      CodeFile.read(run, bundle, into);
    }
  }

  private static BufferedReader lines(ZipFile zip, String name) throws IOException {
    return new BufferedReader(new InputStreamReader(entry(zip, name), StandardCharsets.UTF_8));
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new FileNotFoundException(zip.getName() + " does not hold " + name + ".");
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** One after another, for a journal may not fit into memory as text. */
  private static final class Events implements Iterator<RunEvent> {
    private final BufferedReader lines;
    private @Nullable String next;

    Events(ZipFile zip) {
      try {
        lines = lines(zip, Entries.EVENTS);
        next = lines.readLine();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public RunEvent next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      try {
        RunEvent event = Wire.read(next, RunEvent.class);
        next = lines.readLine();
        return event;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
