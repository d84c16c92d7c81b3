package reprise.extension.agent;

import java.io.File;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/** Goes one way to a file under the hooks, and prints what was seen and what came of it. */
final class FileProbe {
  private final Path folder;
  private final Path in;
  private final Path out;

  private FileProbe(Path folder) {
    this.folder = folder;
    this.in = folder.resolve("in.txt");
    this.out = folder.resolve("out.txt");
  }

  public static void main(String[] args) throws Exception {
    String mode = args[0];
    Path folder = Path.of(args[2]);
    FileHooks hooks = FileHooks.install();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    switch (mode) {
      case "watch" -> hooks.watch((touch, path, target) -> witness(seen, touch, path, target));
      case "throw" ->
          hooks.watch(
              (touch, path, target) -> {
                throw new IllegalStateException("broken witness");
              });
      default -> hooks.redirect(new Elsewhere(folder, folder.resolve("elsewhere")));
    }
    Path where = mode.equals("redirect-relative") ? Path.of("") : folder;
    String did = new FileProbe(where).go(args[1]);
    hooks.watch(null);
    seen.forEach(System.out::println);
    System.out.println("did " + did);
  }

  /** Leads everything in one folder into another, where names come backwards. */
  private record Elsewhere(Path from, Path to) implements FileHooks.Elsewhere {
    @Override
    public Path real(Path meant) {
      return meant.startsWith(from) && !meant.startsWith(to)
          ? to.resolve(from.relativize(meant))
          : meant;
    }

    @Override
    public Path changed(Path meant) {
      return real(meant);
    }

    @Override
    public Path meant(Path real) {
      return real.startsWith(to) ? from.resolve(to.relativize(real)) : real;
    }

    @Override
    public String[] ordered(Path real, String[] names) {
      String[] backwards = names.clone();
      Arrays.sort(backwards, Collections.reverseOrder());
      return backwards;
    }
  }

  private static void witness(
      List<String> seen,
      FileTouch touch,
      Path path,
      @org.jspecify.annotations.Nullable Path target) {
    if (!path.toString().endsWith(".txt") || touch == FileTouch.LOOK) {
      return;
    }
    try {
      if (touch == FileTouch.TRUNCATE && Files.exists(path)) {
        seen.add("before " + Files.readString(path));
      }
    } catch (IOException e) {
      seen.add("before " + e);
    }
    seen.add(
        "seen "
            + touch
            + " "
            + path.getFileName()
            + (target == null ? "" : " " + target.getFileName()));
  }

  private String go(String way) throws Exception {
    return switch (way) {
      case "FileReader" -> {
        try (FileReader reader = new FileReader(in.toFile(), StandardCharsets.UTF_8)) {
          char[] all = new char[100];
          yield new String(all, 0, reader.read(all));
        }
      }
      case "Scanner" -> {
        try (Scanner scanner = new Scanner(in.toFile(), StandardCharsets.UTF_8)) {
          yield scanner.nextLine();
        }
      }
      case "Files.readString" -> Files.readString(in);
      case "Files.lines" -> {
        try (Stream<String> lines = Files.lines(in)) {
          yield String.join("", lines.toList());
        }
      }
      case "FileChannel.read" -> {
        try (FileChannel channel = FileChannel.open(in)) {
          yield StandardCharsets.UTF_8
              .decode(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))
              .toString();
        }
      }
      case "AsynchronousFileChannel.read" -> {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(in)) {
          yield "" + channel.read(ByteBuffer.allocate(10), 0).get();
        }
      }
      case "RandomAccessFile.r" -> {
        try (RandomAccessFile file = new RandomAccessFile(in.toFile(), "r")) {
          yield file.readLine();
        }
      }
      case "RandomAccessFile.rw" -> {
        try (RandomAccessFile file = new RandomAccessFile(in.toFile(), "rw")) {
          yield file.readLine();
        }
      }
      case "URL" -> {
        try (InputStream stream = in.toUri().toURL().openStream()) {
          yield new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
      case "FileWriter" -> {
        try (FileWriter writer = new FileWriter(out.toFile(), StandardCharsets.UTF_8)) {
          writer.write("new");
        }
        yield "wrote";
      }
      case "FileWriter.append" -> {
        try (FileWriter writer = new FileWriter(out.toFile(), StandardCharsets.UTF_8, true)) {
          writer.write("new");
        }
        yield "wrote";
      }
      case "Files.writeString" -> Files.writeString(out, "new").getFileName().toString();
      case "Files.append" ->
          Files.writeString(out, "new", StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              .getFileName()
              .toString();
      case "FileChannel.write" -> {
        try (FileChannel channel = FileChannel.open(in, StandardOpenOption.WRITE)) {
          yield "" + channel.write(ByteBuffer.wrap(new byte[] {65}), 0);
        }
      }
      case "createNewFile" -> "" + out.toFile().createNewFile();
      case "Files.createFile" -> Files.createFile(out).getFileName().toString();
      case "File.delete" -> "" + in.toFile().delete();
      case "Files.delete" -> {
        Files.delete(in);
        yield "deleted";
      }
      case "renameTo" -> "" + in.toFile().renameTo(out.toFile());
      case "Files.move" -> Files.move(in, out).getFileName().toString();
      case "Files.copy" ->
          Files.copy(in, out, StandardCopyOption.REPLACE_EXISTING).getFileName().toString();
      case "Files.createLink" -> Files.createLink(out, in).getFileName().toString();
      case "mkdir" -> "" + new File(folder.toFile(), "made").mkdir();
      case "Files.createDirectory" ->
          Files.createDirectory(in.resolveSibling("made")).getFileName().toString();
      case "questions" -> questions(folder.resolve("only-there.txt"));
      default -> throw new IllegalArgumentException(way);
    };
  }

  private String questions(Path file) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "only*")) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    String[] listed = folder.toFile().list((where, name) -> name.startsWith("only"));
    return "%s %s %s %s %s %s %s"
        .formatted(
            file.toFile().exists(),
            file.toFile().length(),
            Files.isRegularFile(file),
            Files.size(file),
            file.toFile().canRead(),
            names,
            Arrays.toString(listed));
  }
}
