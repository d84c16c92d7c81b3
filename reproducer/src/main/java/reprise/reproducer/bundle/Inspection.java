package reprise.reproducer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
      throw DamagedBundle.none(file, "is a folder, and a bundle is one file");
    }
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file + " is not there.");
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(4);
    }
    if (!new String(first, StandardCharsets.ISO_8859_1).equals("PK\u0003\u0004")) {
      throw DamagedBundle.none(file, "is not a zip file, so it is no bundle");
    }
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw DamagedBundle.spoilt(
          file, "is cut short or damaged: the zip's own directory cannot be read");
    }
  }

  /** The bundle's header, once everything has been found as it was written. */
  Header passed(ZipFile zip) throws IOException {
    checkPlaces(zip);
    byte[] head = head(zip);
    Manifest manifest = manifest(zip, head);
    Manifest.Line first = manifest.lines().isEmpty() ? null : manifest.lines().get(0);
    if (first != null
        && first.name().equals(Entries.HEADER)
        && !first.digest().equals(Digest.of(head))) {
      throw changed(Entries.HEADER);
    }
    Header header = header(head);
    checkNames(zip, manifest);
    checkSizes(zip, manifest);
    FutureTask<Boolean> sealed = new FutureTask<>(() -> Seal.holds(file));
    Thread second = new Thread(sealed, "seal"); // as much to read as all entries together
    second.setDaemon(true);
    second.start();
    checkBytes(zip, manifest);
    if (!get(sealed)) {
      throw DamagedBundle.spoilt(
          file, "was changed between its entries, in what the zip says of them");
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

  /** Keeps no name, for there may be more than memory has room for. */
  private void checkPlaces(ZipFile zip) throws DamagedBundle {
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (Entries.leads(name)) {
        throw DamagedBundle.hostile(
            file, "has an entry that leads outside of it, '%s'".formatted(name));
      }
    }
  }

  private byte[] head(ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Entries.HEADER);
    if (entry == null && zip.getEntry(Manifest.NAME) == null) {
      throw DamagedBundle.none(file, "is a zip file, but no bundle of a run");
    }
    return entry == null ? new byte[0] : bounded(zip, entry, LARGEST_HEADER);
  }

  private Header header(byte[] head) throws DamagedBundle {
    try {
      int format = Wire.JSON.readTree(head).path("format").asInt();
      if (format > Header.FORMAT) {
        throw DamagedBundle.newer(file, format);
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
        throw DamagedBundle.spoilt(
            file, "lacks its manifest, so nobody can tell whether it is whole");
      }
      return Manifest.read(new String(text, StandardCharsets.UTF_8));
    } catch (Manifest.Broken e) {
      header(head);
      throw DamagedBundle.spoilt(
          file,
          "was changed: line %d of its manifest is not as it was written".formatted(e.line()));
    }
  }

  /** Ends with the first name that should not be there, however many follow. */
  private void checkNames(ZipFile zip, Manifest manifest) throws DamagedBundle {
    List<String> said = new ArrayList<>();
    manifest.lines().forEach(line -> said.add(line.name()));
    said.add(Manifest.NAME);
    Set<String> named = new HashSet<>(said);
    if (named.size() < said.size()) {
      throw DamagedBundle.spoilt(file, "was changed: its manifest names an entry twice");
    }
    Set<String> there = new LinkedHashSet<>();
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName();
      if (!named.contains(name) || !Entries.isOne(name)) {
        throw DamagedBundle.spoilt(
            file, "holds '%s', which its manifest does not name".formatted(name));
      }
      if (!there.add(name)) {
        throw DamagedBundle.spoilt(file, "has two entries of one name, '%s'".formatted(name));
      }
    }
    for (String name : said) {
      if (!there.contains(name)) {
        throw DamagedBundle.spoilt(file, "lacks '%s', which its manifest names".formatted(name));
      }
    }
    checkOrder(said, there);
  }

  private void checkOrder(List<String> said, Collection<String> there) throws DamagedBundle {
    Iterator<String> names = there.iterator();
    for (String should : said) {
      String name = names.next();
      if (!should.equals(name)) {
        throw DamagedBundle.spoilt(
            file,
            "was put into another order: '%s' stands where '%s' should".formatted(name, should));
      }
    }
  }

  /** Nothing in a bundle is compressed, so its entries are never larger than the file itself. */
  private void checkSizes(ZipFile zip, Manifest manifest) throws IOException {
    long left = Files.size(file);
    for (Manifest.Line line : manifest.lines()) {
      ZipEntry entry = Objects.requireNonNull(zip.getEntry(line.name()));
      if (entry.getSize() > Files.size(file)) {
        throw larger(line.name());
      }
      if (entry.getSize() != line.size()) {
        throw DamagedBundle.spoilt(
            file,
            "says that '%s' has %,d bytes, and its manifest says %,d"
                .formatted(line.name(), entry.getSize(), line.size()));
      }
      left -= line.size();
      if (left < 0) {
        throw larger(line.name());
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
      throw larger(entry.getName());
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, entry.getSize() + 1));
    } catch (IOException e) {
      throw changed(entry.getName());
    }
  }

  private DamagedBundle changed(String name) {
    return DamagedBundle.spoilt(file, "was changed: '%s' is not as it was written".formatted(name));
  }

  private DamagedBundle larger(String name) {
    return DamagedBundle.hostile(
        file, "would unpack to more than it holds, as '%s' shows".formatted(name));
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
