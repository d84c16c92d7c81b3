package reprise.notebooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import reprise.ledger.Digest;

/** What may become of a good bundle on its way, by accident or on purpose. */
enum SpoiltBundle {
  EMPTY("is not a zip file") {
    @Override
    byte[] of(Path bundle) {
      return new byte[0];
    }
  },
  CUT_IN_THE_MIDDLE("is cut short") {
    @Override
    byte[] of(Path bundle) throws IOException {
      byte[] whole = Files.readAllBytes(bundle);
      return Arrays.copyOf(whole, whole.length / 2);
    }
  },
  LAST_BYTE_MISSING("is cut short") {
    @Override
    byte[] of(Path bundle) throws IOException {
      byte[] whole = Files.readAllBytes(bundle);
      return Arrays.copyOf(whole, whole.length - 1);
    }
  },
  BYTE_OF_THE_HEADER_CHANGED("'reprise-bundle.json' is not as it was written") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return changed(bundle, "writtenBy");
    }
  },
  BYTE_OF_THE_EVENTS_CHANGED("'events.jsonl' is not as it was written") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return changed(bundle, "session-started");
    }
  },
  BYTE_OF_THE_CODE_CHANGED("'code.bundle' is not as it was written") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return changed(bundle, "git bundle");
    }
  },
  BYTE_OF_THE_DATA_CHANGED("'blobs/") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return changed(bundle, DATA);
    }
  },
  BYTE_OF_THE_MANIFEST_CHANGED("line 2 of its manifest") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return changed(bundle, " events.jsonl\n");
    }
  },
  BYTE_BETWEEN_THE_ENTRIES_CHANGED("was changed between its entries") {
    @Override
    byte[] of(Path bundle) throws IOException {
      byte[] bytes = Files.readAllBytes(bundle);
      bytes[10] ^= 1; // the time of day of the first entry
      return bytes;
    }
  },
  OF_A_NEWER_VERSION("was written by a newer Reprise (format 2, and this one reads up to 1)") {
    @Override
    byte[] of(Path bundle) throws IOException {
      Map<String, byte[]> entries = entries(bundle);
      String header = new String(Objects.requireNonNull(entries.get(HEADER)), UTF_8);
      entries.put(HEADER, header.replace("\"format\":1", "\"format\":2").getBytes(UTF_8));
      entries.remove(MANIFEST);
      entries.put(MANIFEST, manifest(entries));
      return zip(entries, Deflater.NO_COMPRESSION);
    }
  },
  OF_A_VERSION_MUCH_NEWER("was written by a newer Reprise (format 9, and this one reads up to 1)") {
    @Override
    byte[] of(Path bundle) throws IOException {
      Map<String, byte[]> entries = new LinkedHashMap<>();
      entries.put(HEADER, "{\"format\": 9, \"all\": \"is otherwise\"}".getBytes(UTF_8));
      entries.put("everything.cbor", new byte[] {1, 2, 3});
      return zip(entries, Deflater.BEST_COMPRESSION);
    }
  },
  LEADING_OUTSIDE("leads outside of it, '../../evil.txt'") {
    @Override
    byte[] of(Path bundle) throws IOException {
      Map<String, byte[]> entries = entries(bundle);
      entries.remove(MANIFEST);
      entries.put("../../evil.txt", "evil".getBytes(UTF_8));
      entries.put(MANIFEST, manifest(entries));
      return zip(entries, Deflater.NO_COMPRESSION);
    }
  },
  BOMB("would unpack to more than it holds, as 'events.jsonl' shows") {
    @Override
    byte[] of(Path bundle) throws IOException {
      return zip(inflated(bundle), Deflater.BEST_COMPRESSION);
    }
  },
  BOMB_THAT_HIDES_ITS_SIZE("'events.jsonl' is not as it was written") {
    @Override
    byte[] of(Path bundle) throws IOException {
      int honest = Objects.requireNonNull(entries(bundle).get(EVENTS)).length;
      byte[] bytes = zip(inflated(bundle), Deflater.BEST_COMPRESSION);
      String text = new String(bytes, ISO_8859_1);
      int directory = text.lastIndexOf(EVENTS) - 46; // where the zip's directory tells of it
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, honest);
      return bytes;
    }
  },
  MANY_ENTRIES("which its manifest does not name") {
    @Override
    byte[] of(Path bundle) throws IOException {
      Map<String, byte[]> entries = entries(bundle);
      for (int i = 0; i < 300_000; i++) {
        entries.put("blobs/%08x".formatted(i), new byte[0]);
      }
      return zip(entries, Deflater.NO_COMPRESSION);
    }
  };

  /** What the run of a bundle to be spoilt has read. */
  static final String DATA = "a,b\n1,2\n";

  private static final String HEADER = "reprise-bundle.json";
  private static final String EVENTS = "events.jsonl";
  private static final String MANIFEST = "manifest.txt";

  private final String says;

  SpoiltBundle(String says) {
    this.says = says;
  }

  /** What is left of a good one. */
  abstract byte[] of(Path bundle) throws IOException;

  /** What must be said of it. */
  String says() {
    return says;
  }

  /** With one bit of the word, where it stands first, turned round. */
  private static byte[] changed(Path bundle, String word) throws IOException {
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[new String(bytes, ISO_8859_1).indexOf(word) + 2] ^= 1;
    return bytes;
  }

  /** With events that are long and say nothing, under the manifest as it was. */
  private static Map<String, byte[]> inflated(Path bundle) throws IOException {
    Map<String, byte[]> entries = entries(bundle);
    entries.put(EVENTS, new byte[64 << 20]);
    return entries;
  }

  private static Map<String, byte[]> entries(Path bundle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** As somebody would write it who knows how: each line has the hash of all before it. */
  private static byte[] manifest(Map<String, byte[]> entries) {
    StringBuilder text = new StringBuilder();
    Digest last = Digest.of("");
    for (Map.Entry<String, byte[]> each : entries.entrySet()) {
      Digest digest = Digest.of(each.getValue());
      int size = each.getValue().length;
      last = Digest.of("%s %s %d %s".formatted(last, digest, size, each.getKey()));
      text.append("%s %d %s %s\n".formatted(digest, size, last, each.getKey()));
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> entries, int level) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(level);
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
