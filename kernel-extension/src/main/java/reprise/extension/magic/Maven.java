package reprise.extension.magic;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellFailure;
import reprise.ledger.Home;

/**
 * Finds artifacts with all that they need, as Maven itself would: with the person's settings, and
 * kept in the same local repository. Made when the first magic asks, since that takes a while.
 */
final class Maven {
  private final Context context;
  private final Map<String, String> versions = new HashMap<>();

  Maven(Consumer<String> progress) {
    this(progress, null);
  }

  /**
   * @param kept the local repository; null for the person's own
   */
  Maven(Consumer<String> progress, @Nullable Path kept) {
    Thread thread = Thread.currentThread();
    ClassLoader notebook = thread.getContextClassLoader();
    thread.setContextClassLoader(Maven.class.getClassLoader());
    try {
      ContextOverrides.Builder wanted =
          ContextOverrides.create()
              .withUserSettings(true)
              .withMavenUserHomeOverride(Home.person().resolve(".m2"))
              .transferListener(new Progress(progress));
      if (kept != null) {
        wanted.withLocalRepositoryOverride(kept);
      }
      context = Runtimes.INSTANCE.getRuntime().create(wanted.build());
    } finally {
      thread.setContextClassLoader(notebook);
    }
  }

  /** The jars of {@code coordinates} that are not on the class path yet in some version. */
  List<AddedJar> resolve(List<String> coordinates, Map<String, String> repositories) {
    CollectRequest wanted = new CollectRequest();
    coordinates.forEach(each -> wanted.addDependency(new Dependency(artifact(each), "runtime")));
    wanted.setRepositories(all(repositories));
    try {
      return context
          .repositorySystem()
          .resolveDependencies(
              context.repositorySystemSession(), new DependencyRequest(wanted, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .filter(this::isNew)
          .map(found -> new AddedJar(found.getFile().toPath(), named(found)))
          .toList();
    } catch (RepositoryException e) {
      throw CellFailure.of("NotResolved", sentence(coordinates, e));
    }
  }

  /** The jar of {@code coordinates} alone; empty if it cannot be had. */
  Optional<Path> find(String coordinates, Map<String, String> repositories) {
    try {
      ArtifactRequest wanted = new ArtifactRequest(artifact(coordinates), all(repositories), null);
      return Optional.of(
          context
              .repositorySystem()
              .resolveArtifact(context.repositorySystemSession(), wanted)
              .getArtifact()
              .getFile()
              .toPath());
    } catch (RepositoryException | CellFailure e) {
      return Optional.empty();
    }
  }

  private static Artifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw CellFailure.of(
          "NotResolved",
          "'" + coordinates + "' is not group:artifact:version; write it like that.");
    }
  }

  private List<RemoteRepository> all(Map<String, String> repositories) {
    List<RemoteRepository> all = new ArrayList<>();
    repositories.forEach(
        (name, url) -> all.add(new RemoteRepository.Builder(name, "default", url).build()));
    List<RemoteRepository> mirrored =
        new ArrayList<>(
            context
                .repositorySystem()
                .newResolutionRepositories(context.repositorySystemSession(), all));
    mirrored.addAll(context.remoteRepositories());
    return mirrored;
  }

  /** The first version on the class path wins, so a second one would never be used. */
  private boolean isNew(Artifact artifact) {
    String name =
        artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getClassifier();
    return artifact.getExtension().equals("jar")
        && versions.putIfAbsent(name, artifact.getVersion()) == null;
  }

  private static String named(Artifact artifact) {
    String name = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":";
    return artifact.getClassifier().isEmpty()
        ? name + artifact.getVersion()
        : name + "jar:" + artifact.getClassifier() + ":" + artifact.getVersion();
  }

  private static String sentence(List<String> coordinates, Throwable problem) {
    Throwable deepest = problem;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String what = String.join(", ", coordinates);
    boolean away =
        deepest instanceof java.net.UnknownHostException
            || deepest instanceof java.net.ConnectException
            || deepest instanceof java.net.SocketTimeoutException
            || deepest instanceof java.net.NoRouteToHostException;
    return away
        ? "The repositories cannot be reached for "
            + what
            + " ("
            + deepest.getMessage()
            + "); check the network or proxy, or resolve it once while online."
        : "Not found: " + what + ": " + deepest.getMessage();
  }

  /** One line for each artifact that really is fetched. */
  private static final class Progress extends AbstractTransferListener {
    private final Consumer<String> seen;

    Progress(Consumer<String> seen) {
      this.seen = seen;
    }

    @Override
    public void transferSucceeded(TransferEvent event) {
      String name = event.getResource().getResourceName();
      if (name.endsWith(".jar")) {
        seen.accept(
            "Downloaded "
                + name.substring(name.lastIndexOf('/') + 1)
                + " ("
                + (event.getTransferredBytes() + 1023) / 1024
                + " KiB)");
      }
    }
  }
}
