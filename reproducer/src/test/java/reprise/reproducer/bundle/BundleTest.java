package reprise.reproducer.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Output;
import reprise.ledger.Verdict;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.evidence.Recorded;
import reprise.reproducer.evidence.Recorded.Did;

class BundleTest {
  private static final String MANY = "a,b\n1,2\n".repeat(20);

  @TempDir Path folder;
  private Recorded recorded;
  private Path file;

  @BeforeEach
  void record() throws IOException {
    file = folder.resolve("run.zip");
    recorded = new Recorded(folder).code("Helper.java", "class Helper {}");
    recorded
        .cell(
            "c0",
            "Files.readString(Path.of(\"iris.csv\"))",
            Did.touched(recorded.file(Data.Direction.READ, Recorded.WORK + "/iris.csv", MANY)),
            new Output.Stream("stdout", "a,b\n"))
        .over()
        .reproduced(Verdict.IDENTICAL);
  }

  private List<String> write() throws IOException {
    return BundleFile.write(recorded, false, file, line -> {});
  }

  private Bundle open() throws IOException {
    return Bundle.open(file, line -> {});
  }

  private static List<String> events(Evidence evidence) throws IOException {
    List<String> events = new ArrayList<>();
    evidence.events(events::add);
    return events;
  }

  @Test
  void open_whatWasWritten_holdsAllThatIsKnownOfTheRun() throws IOException {
    assertThat(write()).isEmpty();
    try (Bundle bundle = open();
        Repository code = new InMemoryRepository(new DfsRepositoryDescription("read"))) {
      assertThat(bundle.run()).isEqualTo(recorded.run());
      assertThat(bundle.reproductions()).isEqualTo(recorded.reproductions());
      assertThat(events(bundle)).isEqualTo(events(recorded));
      Digest data = Digest.of(MANY);
      assertThat(bundle.missing(List.of(data, Digest.of("other"))))
          .containsExactly(Digest.of("other"));
      assertThat(bundle.blob(data).readAllBytes()).isEqualTo(MANY.getBytes(UTF_8));
      bundle.code(code);
      assertThat(code.resolve(Evidence.branch(bundle.run()) + "^{commit}").name())
          .isEqualTo(recorded.run().history().get(0).snapshot());
      assertThat(code.resolve(Evidence.branch(bundle.run()) + ":Helper.java")).isNotNull();
    }
  }

  @Test
  void write_aBundleOfABundle_givesTheSameBytes() throws IOException {
    write();
    Path again = folder.resolve("again.zip");
    try (Bundle bundle = open()) {
      BundleFile.write(bundle, false, again, line -> {});
    }
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);
  }

  /** Every third byte, for all of them take long; each part of the file is met many times. */
  @Test
  void open_anyByteChanged_isRefusedWithASentence() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += 3) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(catchThrowable(this::open))
          .as("byte %d of %d", at, whole.length)
          .isInstanceOf(DamagedBundle.class)
          .hasMessageMatching("(?s)\\S+run\\.zip .{15,}\\.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      commentCharacter = '~',
      value = {
        "\"format\":1|'reprise-bundle.json' is not as it was written",
        "session-started|'events.jsonl' is not as it was written",
        "IDENTICAL|'reproductions.jsonl' is not as it was written",
        "# v2 git bundle|'code.bundle' is not as it was written",
        "` events.jsonl`|line 2 of its manifest"
      })
  void open_aByteChangedInAPart_namesThePart(String place, String named) throws IOException {
    write();
    change(place, place.length() - 1);
    assertThatThrownBy(this::open).hasMessageContaining(named);
  }

  @Test
  void open_aByteOfABlobChanged_namesTheBlob() throws IOException {
    write();
    change(MANY, 7);
    assertThatThrownBy(this::open)
        .hasMessageContaining("'" + Entries.blob(Digest.of(MANY)) + "' is not as it was written");
  }

  @Test
  void open_theDateOfAnEntryChanged_saysThatItIsNoEntry() throws IOException {
    write();
    byte[] bytes = Files.readAllBytes(file);
    bytes[10] ^= 1; // the time of day in the first local header, which nobody reads
    Files.write(file, bytes);
    assertThatThrownBy(this::open).hasMessageContaining("between its entries");
  }

  private void change(String place, int offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(place);
    assertThat(at).isPositive();
    bytes[at + offset] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void open_cutShort_saysSo() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 4; length < whole.length; length += 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::open)
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DamagedBundle.class)
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void open_longerThanItWas_isRefused() throws IOException {
    write();
    Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(this::open).isInstanceOf(DamagedBundle.class);
  }

  @Test
  void open_noSuchFile_saysSo() {
    assertThatThrownBy(this::open)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file + " is not there.");
  }

  @Test
  void open_folder_saysThatABundleIsAFile() throws IOException {
    Files.createDirectory(file);
    assertThatThrownBy(this::open).hasMessageContaining("is a folder, and a bundle is one file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "PK", "{\"nbformat\": 4}"})
  void open_notAZip_saysSo(String content) throws IOException {
    Files.writeString(file, content);
    assertThatThrownBy(this::open).hasMessageContaining("is not a zip file");
  }

  @Test
  void open_anyOtherZip_saysThatItIsNoBundle() throws IOException {
    zip(Deflater.DEFAULT_COMPRESSION, Map.of("notes.txt", "hello"));
    assertThatThrownBy(this::open).hasMessageContaining("is a zip file, but no bundle");
  }

  @Test
  void open_ofANewerVersion_saysWhatToDo() throws IOException {
    zip(0, Map.of(Entries.HEADER, "{\"format\": 2}", Manifest.NAME, "another way to say it"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("newer Reprise (format 2")
        .hasMessageContaining("update Reprise");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "C:/evil",
        "\\evil",
        "..\\evil",
        "blobs/.."
      })
  void open_aNameThatLeadsOut_isRefusedBeforeAnythingIsRead(String name) throws IOException {
    packed(Map.of(Entries.HEADER, "{\"format\": 1}", name, "x"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("leads outside of it, '%s'".formatted(name))
        .hasMessageContaining("nothing was taken from it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a\nb", "../\u001b[2Jwiped", "\nblobs"})
  void open_aNameThatSpeaksToTheTerminal_isNamedInOneHarmlessLine(String name) throws IOException {
    packed(Map.of(Entries.HEADER, "{\"format\": 1}", name, "x"));
    assertThatThrownBy(this::open).message().doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void open_aNameOfManyLetters_isCutInTheSentence() throws IOException {
    packed(Map.of(Entries.HEADER, "{\"format\": 1}", "long".repeat(10_000), "x"));
    assertThatThrownBy(this::open).message().hasSizeLessThan(1_000);
  }

  @Test
  void open_twoEntriesOfOneName_isRefused() throws IOException {
    String one = Entries.blob(Digest.of("one"));
    String other = Entries.blob(Digest.of("other"));
    packed(Map.of(Entries.HEADER, "{\"format\": 1}", one, "one", other, "other"));
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    String twins = bytes.replaceAll("(?<! )" + other, one); // the manifest has it behind a blank
    Files.writeString(file, twins, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedBundle.class)
        .hasMessageContaining("two entries of one name, '" + one + "'");
  }

  @Test
  void open_anEntryThatNoBundleHas_isRefusedThoughTheManifestNamesIt() throws IOException {
    packed(Map.of(Entries.HEADER, "{\"format\": 1}", "run.sh", "x"));
    assertThatThrownBy(this::open).hasMessageContaining("holds 'run.sh'");
  }

  @Test
  void open_anEntryTakenOut_namesIt() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(Entries.REPRODUCTIONS);
    raw(entries);
    assertThatThrownBy(this::open).hasMessageContaining("lacks 'reproductions.jsonl'");
  }

  @Test
  void open_withoutManifest_saysThatNobodyCanTell() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(Manifest.NAME);
    raw(entries);
    assertThatThrownBy(this::open).hasMessageContaining("lacks its manifest");
  }

  @Test
  void open_anEntryPutIn_namesIt() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put(Entries.blob(Digest.of("more")), "more".getBytes(UTF_8));
    raw(entries);
    assertThatThrownBy(this::open)
        .hasMessageContaining("holds '" + Entries.blob(Digest.of("more")) + "'");
  }

  @Test
  void open_entriesInAnotherOrder_namesOne() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] events = entries.remove(Entries.EVENTS);
    Map<String, byte[]> moved = new LinkedHashMap<>(entries);
    moved.put(Entries.EVENTS, events);
    raw(moved);
    assertThatThrownBy(this::open)
        .hasMessageContaining("'reproductions.jsonl' stands where 'events.jsonl' should");
  }

  @Test
  void open_linesOfTheManifestExchanged_namesTheFirst() throws IOException {
    Map<String, byte[]> entries = entries();
    List<String> lines = new String(entries.get(Manifest.NAME), UTF_8).lines().toList();
    List<String> exchanged = new ArrayList<>(lines);
    java.util.Collections.swap(exchanged, 1, 2);
    entries.put(Manifest.NAME, (String.join("\n", exchanged) + "\n").getBytes(UTF_8));
    raw(entries);
    assertThatThrownBy(this::open).hasMessageContaining("line 2 of its manifest");
  }

  @Test
  void open_zipBombWithAnHonestManifest_isRefusedBeforeItIsUnpacked() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(Entries.HEADER, "{\"format\": 1}".getBytes(UTF_8));
    entries.put(Entries.EVENTS, new byte[64 << 20]);
    manifested(entries);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, entries);
    }
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThatThrownBy(this::open)
        .hasMessageContaining("would unpack to more than it holds, as 'events.jsonl' shows");
  }

  @Test
  void open_zipBombWithAManifestThatLies_isRefusedBeforeItIsUnpacked() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(Entries.HEADER, "{\"format\": 1}".getBytes(UTF_8));
    entries.put(Entries.EVENTS, new byte[100]);
    manifested(entries);
    entries.put(Entries.EVENTS, new byte[64 << 20]);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, entries);
    }
    assertThatThrownBy(this::open)
        .hasMessageContaining("would unpack to more than it holds, as 'events.jsonl' shows");
  }

  @Test
  void open_manifestThatIsItselfABomb_isRefused() throws IOException {
    zip(9, Map.of(Entries.HEADER, "{\"format\": 1}", Manifest.NAME, "0".repeat(64 << 20)));
    assertThatThrownBy(this::open).hasMessageContaining("would unpack to more than it holds");
  }

  @Test
  void open_wholeButOfNoRun_isRefused() throws IOException {
    packed(
        Map.of(
            Entries.HEADER,
            "{\"format\":1,\"run\":\"r-1\",\"session\":\"s-1\",\"experiment\":\"x\"}",
            Entries.EVENTS,
            ""));
    assertThatThrownBy(this::open).isInstanceOf(DamagedBundle.class);
  }

  @Test
  void write_bytesThatNobodyKept_areNamedAndTheRestIsWritten() throws IOException {
    recorded =
        new Recorded(folder)
            .cell("c0", "read()", Did.touched(Recorded.tooLarge("/data/huge.bin")))
            .over();
    assertThat(write()).containsExactly("Missing: the bytes of /data/huge.bin were not kept.");
    try (Bundle bundle = open()) {
      assertThat(bundle.run()).isEqualTo(recorded.run());
    }
  }

  @Test
  void write_bytesDamagedWhereTheyAreKept_areLeftOutAndNamed() throws IOException {
    recorded.damage(Digest.of(MANY));
    assertThat(write())
        .containsExactly(
            "Missing: the bytes of %s/iris.csv were not kept.".formatted(Recorded.WORK));
    try (Bundle bundle = open()) {
      assertThat(bundle.missing(List.of(Digest.of(MANY)))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void write_jarThatARepositoryGives_travelsIfAsked(boolean asked) throws IOException {
    Path jar = Files.writeString(folder.resolve("some.jar"), "classes");
    recorded = new Recorded(folder).jar(jar).cell("c0", "%maven …", Did.NOTHING).over();
    assertThat(BundleFile.write(recorded, asked, file, line -> {})).isEmpty();
    Files.delete(jar);
    try (Bundle bundle = open()) {
      assertThat(bundle.missing(List.of(Digest.of("classes")))).hasSize(asked ? 0 : 1);
    }
  }

  @Test
  void write_jarThatIsGone_isNamed() throws IOException {
    Path jar = Files.writeString(folder.resolve("some.jar"), "classes");
    recorded = new Recorded(folder).jar(jar).cell("c0", "%maven …", Did.NOTHING).over();
    Files.writeString(jar, "another version");
    assertThat(BundleFile.write(recorded, true, file, line -> {}))
        .containsExactly("Missing: the bytes of %s were not kept.".formatted(jar));
  }

  @Test
  void write_runWithoutSteps_canBeOpened() throws IOException {
    recorded = new Recorded(folder).over();
    write();
    try (Bundle bundle = open()) {
      assertThat(bundle.run().history()).isEmpty();
    }
  }

  /** The entries of a real bundle, to be spoilt. */
  private Map<String, byte[]> entries() throws IOException {
    write();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** With a manifest that is as it should be. */
  private void packed(Map<String, String> entries) throws IOException {
    Map<String, String> ordered = new LinkedHashMap<>();
    ordered.put(Entries.HEADER, entries.get(Entries.HEADER));
    entries.keySet().stream().sorted().forEach(name -> ordered.put(name, entries.get(name)));
    try (Packing packing = Packing.into(file)) {
      for (Map.Entry<String, String> each : ordered.entrySet()) {
        packing.add(each.getKey(), out -> out.write(each.getValue().getBytes(UTF_8)));
      }
      packing.finish();
    }
  }

  private static void manifested(Map<String, byte[]> entries) {
    Manifest manifest = new Manifest();
    entries.forEach((name, bytes) -> manifest.add(Digest.of(bytes), bytes.length, name));
    entries.put(Manifest.NAME, manifest.text().getBytes(UTF_8));
  }

  private void raw(Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      put(zip, entries);
    }
  }

  private void zip(int level, Map<String, String> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(level);
      Map<String, byte[]> bytes = new LinkedHashMap<>();
      entries.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
      put(zip, bytes);
    }
  }

  private static void put(ZipOutputStream zip, Map<String, byte[]> entries) throws IOException {
    for (Map.Entry<String, byte[]> each : entries.entrySet()) {
      zip.putNextEntry(new ZipEntry(each.getKey()));
      OutputStream out = zip;
      out.write(each.getValue());
      zip.closeEntry();
    }
  }
}
