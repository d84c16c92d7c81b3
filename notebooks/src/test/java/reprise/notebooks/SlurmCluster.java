package reprise.notebooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real cluster of two nodes, which are both this machine, on loopback only. */
final class SlurmCluster implements AutoCloseable {
  private static final long LONGEST_START = 30_000_000_000L;
  private static final List<String> NODES = List.of("n1", "n2");
  private static final int FIRST_PORT = 26_817;

  private final Path folder;

  private SlurmCluster(Path folder) {
    this.folder = folder;
  }

  /** Starts it, and returns when both nodes are idle. */
  static SlurmCluster start(Path folder) throws IOException, InterruptedException {
    SlurmCluster cluster = new SlurmCluster(Files.createDirectories(folder));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(folder.resolve("state"));
    byte[] key = new byte[1024];
    new SecureRandom().nextBytes(key);
    Files.write(folder.resolve("munge.key"), key);
    Files.setPosixFilePermissions(
        folder.resolve("munge.key"), PosixFilePermissions.fromString("r--------"));
    Files.writeString(cluster.configuration(), cluster.text());
    cluster.run(
        "munged",
        "--force",
        "--key-file=" + folder.resolve("munge.key"),
        "--socket=" + folder.resolve("munge.sock"),
        "--pid-file=" + folder.resolve("munged.pid"),
        "--log-file=" + folder.resolve("munged.log"),
        "--seed-file=" + folder.resolve("munged.seed"));
    cluster.run("slurmctld", "-c", "-f", cluster.configuration().toString());
    for (String node : NODES) {
      cluster.startNode(node);
    }
    cluster.awaitIdle();
    return cluster;
  }

  /** As at its start, whatever a test has killed or left at work. */
  void restore() throws IOException, InterruptedException {
    if (!isAtWork("slurmctld")) {
      startController();
    }
    for (String node : NODES) {
      if (!isAtWork("slurmd-" + node)) {
        startNode(node);
      }
    }
    run("scancel", "--full", "-p", "jobs");
    awaitIdle();
  }

  private void awaitIdle() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!run("sinfo", "-h", "-t", "idle", "-o", "%D").strip().equals("2")) {
      if (System.nanoTime() - began > LONGEST_START) {
        throw new IOException("the nodes do not become idle: " + run("sinfo"));
      }
      Thread.sleep(200);
    }
  }

  private boolean isAtWork(String daemon) throws IOException {
    Path pid = folder.resolve(daemon + ".pid");
    return Files.exists(pid)
        && ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .filter(ProcessHandle::isAlive)
            .isPresent();
  }

  Path configuration() {
    return folder.resolve("slurm.conf");
  }

  private String text() {
    long memory = 4000;
    return """
        ClusterName=test
        SlurmctldHost=localhost(127.0.0.1)
        SlurmUser=%1$s
        SlurmdUser=%1$s
        AuthInfo=socket=%2$s/munge.sock
        CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
        SlurmctldPort=%3$d
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        JobAcctGatherType=jobacct_gather/linux
        JobAcctGatherFrequency=2
        JobAcctGatherParams=OverMemoryKill
        MpiDefault=none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core_Memory
        SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0
        ReturnToService=2
        SlurmdTimeout=10
        StateSaveLocation=%2$s/state
        SlurmdSpoolDir=%2$s/spool-%%n
        SlurmctldPidFile=%2$s/slurmctld.pid
        SlurmdPidFile=%2$s/slurmd-%%n.pid
        SlurmctldLogFile=%2$s/slurmctld.log
        SlurmdLogFile=%2$s/slurmd-%%n.log
        NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=%4$d CPUs=2 RealMemory=%6$d
        NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=%5$d CPUs=2 RealMemory=%6$d
        PartitionName=jobs Nodes=n1,n2 Default=YES State=UP
        """
        .formatted(
            System.getProperty("user.name"),
            folder,
            FIRST_PORT,
            FIRST_PORT + 4,
            FIRST_PORT + 5,
            memory);
  }

  /** What it knows of its jobs it has kept. */
  void startController() throws IOException, InterruptedException {
    run("slurmctld", "-f", configuration().toString());
  }

  void killController() throws IOException {
    kill(folder.resolve("slurmctld.pid"));
  }

  void startNode(String node) throws IOException, InterruptedException {
    run("slurmd", "-N", node, "-f", configuration().toString());
  }

  /** As if the machine had gone: its daemon, and all that it had started. */
  void killNode(String node) throws IOException {
    kill(folder.resolve("slurmd-%s.pid".formatted(node)));
    ProcessHandle.allProcesses()
        .filter(it -> runsOn(node, it.pid()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** What Slurm starts does not stay below its daemon; it is known by what it was told. */
  private boolean runsOn(String node, long process) {
    try {
      Path proc = Path.of("/proc/" + process);
      String environment = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
      String command = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return environment.contains("SLURMD_NODENAME=" + node) || command.startsWith("slurmstepd:");
    } catch (IOException e) {
      return false; // it has ended by now, or is not ours
    }
  }

  /** What one of Slurm's commands says. */
  String run(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("SLURM_CONF", configuration().toString());
    builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    builder.command().set(0, located(words[0]));
    Path said = Files.createTempFile(folder, "said", ".txt"); // daemons keep a pipe open
    Process process = builder.redirectOutput(said.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(words[0] + " does not end: " + Files.readString(said));
    }
    return Files.readString(said, StandardCharsets.UTF_8);
  }

  private static String located(String command) {
    for (String place : List.of("/usr/sbin/", "/usr/bin/", "/sbin/")) {
      if (Files.isExecutable(Path.of(place + command))) {
        return place + command;
      }
    }
    return command;
  }

  private static void kill(Path pidFile) throws IOException {
    if (Files.exists(pidFile)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .ifPresent(
              daemon -> {
                List<ProcessHandle> all = daemon.descendants().toList();
                daemon.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
              });
    }
  }

  @Override
  public void close() throws IOException {
    for (String daemon : List.of("slurmd-n1", "slurmd-n2", "slurmctld", "munged")) {
      kill(folder.resolve(daemon + ".pid"));
    }
  }
}
