"""A Slurm cluster of two nodes, which are both this machine, on loopback only."""

import getpass
import os
import shutil
import signal
import subprocess
import time

CONFIGURATION = """ClusterName=bench
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=%(user)s
SlurmdUser=%(user)s
AuthInfo=socket=%(folder)s/munge.sock
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmctldPort=27817
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0
ReturnToService=2
StateSaveLocation=%(folder)s/state
SlurmdSpoolDir=%(folder)s/spool-%%n
SlurmctldPidFile=%(folder)s/slurmctld.pid
SlurmdPidFile=%(folder)s/slurmd-%%n.pid
SlurmctldLogFile=%(folder)s/slurmctld.log
SlurmdLogFile=%(folder)s/slurmd-%%n.log
DefMemPerCPU=1000
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=27821 CPUs=1 RealMemory=2000
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=27822 CPUs=1 RealMemory=2000
PartitionName=jobs Nodes=n1,n2 Default=YES State=UP
"""
LONGEST_START = 30
NEEDED = ("munged", "slurmctld", "slurmd", "sinfo", "sbatch")


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.configuration = os.path.join(folder, "slurm.conf")

    def __enter__(self):
        missing = [it for it in NEEDED if not located(it)]
        if missing:
            raise SystemExit("'apt-get install slurmctld slurmd slurm-client munge' would let this "
                             "be measured; %s is missing." % ", ".join(missing))
        os.makedirs(os.path.join(self.folder, "state"))
        os.chmod(self.folder, 0o755)
        with open(self.configuration, "w") as file:
            file.write(CONFIGURATION % {"user": getpass.getuser(), "folder": self.folder})
        key = os.path.join(self.folder, "munge.key")
        with open(key, "wb") as file:
            file.write(os.urandom(1024))
        os.chmod(key, 0o400)
        self.run("munged", "--force", "--key-file=" + key,
                 *("--%s=%s" % (name, os.path.join(self.folder, "munge" + end)) for name, end in [
                     ("socket", ".sock"), ("pid-file", "d.pid"), ("log-file", "d.log"),
                     ("seed-file", "d.seed")]))
        self.run("slurmctld", "-c", "-f", self.configuration)
        for node in ("n1", "n2"):
            self.run("slurmd", "-N", node, "-f", self.configuration)
        began = time.perf_counter()
        while self.run("sinfo", "-h", "-t", "idle", "-o", "%D").strip() != "2":
            if time.perf_counter() - began > LONGEST_START:
                raise SystemExit("The nodes do not become idle: " + self.run("sinfo"))
            time.sleep(0.2)
        return self

    def __exit__(self, *failure):
        for daemon in ("slurmd-n1", "slurmd-n2", "slurmctld", "munged"):
            try:
                with open(os.path.join(self.folder, daemon + ".pid")) as file:
                    os.kill(int(file.read()), signal.SIGTERM)
            except (FileNotFoundError, ProcessLookupError, ValueError):
                pass  # it never came up, or is gone

    def run(self, command, *words):
        said = os.path.join(self.folder, "said.txt")  # daemons keep a pipe open
        with open(said, "w") as file:
            subprocess.run([located(command) or command, *words], stdout=file,
                           stderr=subprocess.STDOUT, timeout=60,
                           env={**os.environ, "SLURM_CONF": self.configuration})
        with open(said) as file:
            return file.read()


def located(command):
    return shutil.which(command, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
