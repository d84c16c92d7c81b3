package reprise.extension.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellEngine;
import reprise.extension.cell.CellListener;

/** Starts the kernel for a Jupyter client: {@code java … Main connection-file}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    String problem = run(arguments, CellListener.NONE);
    if (problem != null) {
      System.err.println(problem);
    }
    System.exit(problem == null ? 0 : 2); // threads that cells have left behind end here
  }

  /** Serves until the client ends the kernel; returns early only with what is wrong. */
  public static @Nullable String run(String[] arguments, CellListener listener) {
    if (arguments.length != 1) {
      return "Give the kernel one argument, the connection file that the Jupyter client writes.";
    }
    CompletableFuture<CellEngine> engine = new CompletableFuture<>();
    start(engine, listener);
    Path file = Path.of(arguments[0]);
    try {
      if (arguments[0].equals(KernelSpec.REHEARSE)) {
        new Rehearsal().play(listener, engine::join);
        return null;
      }
      new Server(client(file), listener, engine::join).serve();
      return null;
    } catch (IOException e) {
      return "The connection file "
          + file
          + " cannot be read; let a Jupyter client start the kernel.";
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return "The connection file " + file + " is of no use: " + e.getMessage();
    }
  }

  /** The compiler takes longest to wake up, so it begins before anything else is read or bound. */
  private static void start(CompletableFuture<CellEngine> engine, CellListener listener) {
    Thread thread =
        new Thread(
            () -> engine.completeAsync(() -> new CellEngine(listener), Runnable::run), "engine");
    thread.setDaemon(true);
    thread.start();
  }

  private static KernelConnectionProperties client(Path file) throws IOException {
    KernelConnectionProperties client;
    try {
      client = KernelConnectionProperties.parse(Files.readString(file));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is not the JSON that Jupyter clients write", e);
    }
    if (client == null || client.getTransport() == null || client.getShellPort() == 0) {
      throw new IllegalArgumentException("it names no transport or ports");
    }
    return client;
  }
}
