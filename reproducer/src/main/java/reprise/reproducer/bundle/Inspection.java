package reprise.reproducer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Wire;

/**
 * Looks at every byte of a file that is said to be a bundle, before anything of it is used. Whoever
 * sent it is a stranger: names, sizes and order are believed only as far as they agree with one
 * another.
 */
final class Inspection {
  private static final long WORTH_TELLING = 256 << 20;
  private static final int LARGEST_HEADER = 16 << 20;

  private final Path file;
  private final Consumer<String> progress;

  Inspection(Path file, Consumer<String> progress) {
    this.file = file;
    this.progress = progress;
  }

  /** Opens the zip, if the file is one. */
  ZipFile open() throws IOException {
    if (Files.isDirectory(file)) {
      throw new DamagedBundle(file, "is a folder; a bundle is one file.");
    }
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file + " is not there.");
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(4);
    }
    if (!new String(first, StandardCharsets.ISO_8859_1).equals("PK\u0003\u0004")) {
      throw new DamagedBundle(file, "is not a zip file, so it is no bundle.");
    }
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedBundle(
          file, "is cut short or damaged: the zip's own directory cannot be read.");
    }
  }

  /** The bundle's header, once everything has been found as it was written. */
  Header passed(ZipFile zip) throws IOException {
    List<String> names = names(zip);
    byte[] head = head(zip);
    Manifest manifest = manifest(zip, head);
    Manifest.Line first = manifest.lines().isEmpty() ? null : manifest.lines().get(0);
    if (first != null
        && first.name().equals(Entries.HEADER)
        && !first.digest().equals(Digest.of(head))) {
      throw changed(Entries.HEADER);
    }
    Header header = header(head);
    checkNames(names, manifest);
    checkSizes(zip, manifest);
    FutureTask<Boolean> sealed = new FutureTask<>(() -> Seal.holds(file));
    Thread second = new Thread(sealed, "seal"); // as much to read as all entries together
    second.setDaemon(true);
    second.start();
    checkBytes(zip, manifest);
    if (!get(sealed)) {
      throw new DamagedBundle(
          file, "was changed between its entries, in what the zip says of them.");
    }
    return header;
  }

  private static boolean get(FutureTask<Boolean> sealed) throws IOException {
    try {
      return sealed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private List<String> names(ZipFile zip) throws DamagedBundle {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry : zip.stream().toList()) {
      String name = entry.getName();
      if (Entries.leads(name)) {
        throw new DamagedBundle(
            file,
            "has an entry that leads outside of it, '%s'; nothing was taken from it."
                .formatted(name));
      }
      if (!seen.add(name)) {
        throw new DamagedBundle(file, "has two entries of one name, '%s'.".formatted(name));
      }
      names.add(name);
    }
    return names;
  }

  private byte[] head(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Entries.HEADER);
    if (entry == null && zip.getEntry(Manifest.NAME) == null) {
      throw new DamagedBundle(file, "is a zip file, but no bundle of a run.");
    }
    return entry == null ? new byte[0] : bounded(zip, entry, LARGEST_HEADER);
  }

  private Header header(byte[] head) throws DamagedBundle {
    try {
      int format = Wire.JSON.readTree(head).path("format").asInt();
      if (format > Header.FORMAT) {
        throw new DamagedBundle(
            file,
            "was written by a newer Reprise (format %d, and this one reads up to %d); update Reprise."
                .formatted(format, Header.FORMAT));
      }
      return Wire.JSON.readValue(head, Header.class);
    } catch (DamagedBundle e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw changed(Entries.HEADER);
    }
  }

  private Manifest manifest(ZipFile zip, byte[] head) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    try {
      byte[] text = entry == null ? new byte[0] : bounded(zip, entry, Files.size(file));
      if (entry == null) {
        header(head); // a newer version may have another way to say what is in a bundle
        throw new DamagedBundle(
            file, "lacks its manifest, so nobody can tell whether it is whole.");
      }
      return Manifest.read(new String(text, StandardCharsets.UTF_8));
    } catch (Manifest.Broken e) {
      header(head);
      throw new DamagedBundle(
          file,
          "was changed: line %d of its manifest is not as it was written.".formatted(e.line()));
    }
  }

  private void checkNames(List<String> names, Manifest manifest) throws DamagedBundle {
    List<String> said = new ArrayList<>();
    manifest.lines().forEach(line -> said.add(line.name()));
    said.add(Manifest.NAME);
    Set<String> named = new HashSet<>(said);
    Set<String> there = new HashSet<>(names);
    for (String name : names) {
      if (!named.contains(name) || !Entries.isOne(name)) {
        throw new DamagedBundle(
            file, "holds '%s', which its manifest does not name.".formatted(name));
      }
    }
    for (String name : said) {
      if (!there.contains(name)) {
        throw new DamagedBundle(file, "lacks '%s', which its manifest names.".formatted(name));
      }
    }
    for (int i = 0; i < said.size(); i++) {
      if (!said.get(i).equals(names.get(i))) {
        throw new DamagedBundle(
            file,
            "was put into another order: '%s' stands where '%s' should."
                .formatted(names.get(i), said.get(i)));
      }
    }
  }

  /** Nothing in a bundle is compressed, so its entries are never larger than the file itself. */
  private void checkSizes(ZipFile zip, Manifest manifest) throws IOException {
    long left = Files.size(file);
    for (Manifest.Line line : manifest.lines()) {
      ZipEntry entry = Objects.requireNonNull(zip.getEntry(line.name()));
      if (entry.getSize() != line.size()) {
        throw new DamagedBundle(
            file,
            "says that '%s' has %,d bytes, and its manifest says %,d."
                .formatted(line.name(), entry.getSize(), line.size()));
      }
      left -= line.size();
      if (left < 0) {
        throw new DamagedBundle(
            file, "would unpack to more than it holds, as '%s' shows.".formatted(line.name()));
      }
    }
  }

  private void checkBytes(ZipFile zip, Manifest manifest) throws IOException {
    long unsaid = 0;
    long done = 0;
    for (Manifest.Line line : manifest.lines()) {
      if (!line.digest().equals(digest(zip, line))) {
        throw changed(line.name());
      }
      done += line.size();
      unsaid += line.size();
      if (unsaid > WORTH_TELLING) {
        unsaid = 0;
        progress.accept("%,d of %,d MiB checked …".formatted(done >> 20, Files.size(file) >> 20));
      }
    }
  }

  /** Null if the bytes cannot be read, or are more or fewer than they should be. */
  private static @Nullable Digest digest(ZipFile zip, Manifest.Line line) {
    ZipEntry entry = Objects.requireNonNull(zip.getEntry(line.name()));
    try (InputStream in = zip.getInputStream(entry)) {
      Bounded bounded = new Bounded(in, line.size());
      Digest digest = Digest.copying(bounded, OutputStream.nullOutputStream());
      return bounded.count() == line.size() ? digest : null;
    } catch (IOException | RuntimeException e) {
      return null; // what the zip says of the entry was changed, so that it makes no sense
    }
  }

  private byte[] bounded(ZipFile zip, ZipEntry entry, long most) throws IOException {
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw new DamagedBundle(
          file, "would unpack to more than it holds, as '%s' shows.".formatted(entry.getName()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, entry.getSize() + 1));
    } catch (IOException e) {
      throw changed(entry.getName());
    }
  }

  private DamagedBundle changed(String name) {
    return new DamagedBundle(file, "was changed: '%s' is not as it was written.".formatted(name));
  }

  /** Ends one byte behind what was said, however much comes. */
  private static final class Bounded extends InputStream {
    private final Counting in;
    private final long most;

    Bounded(InputStream in, long most) {
      this.in = new Counting(in);
      this.most = most + 1;
    }

    long count() {
      return in.count();
    }

    @Override
    public int read() throws IOException {
      return in.count() < most ? in.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long left = most - in.count();
      return left <= 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
    }
  }
}
