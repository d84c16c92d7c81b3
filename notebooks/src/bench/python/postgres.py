"""A PostgreSQL of one's own on loopback, as safe from a loss of power as it is when nothing is said."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile


class Postgres:
    def __init__(self):
        homes = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not homes:
            raise SystemExit("'apt-get install postgresql' would let this be measured.")
        self.bin = homes[-1]

    def __enter__(self):
        # Not below a folder that only root may enter: it refuses to run as root.
        self.folder = tempfile.mkdtemp(prefix="postgresql")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--username=reprise", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.run("pg_ctl", "--wait", "--log=" + os.path.join(self.folder, "log"),
                 "--options=-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                 % self.port, "start")
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=reprise" % self.port

    def __exit__(self, *failure):
        self.run("pg_ctl", "--wait", "--mode=fast", "stop")
        shutil.rmtree(self.folder)

    def run(self, program, *words):
        command = [os.path.join(self.bin, program), "--pgdata=" + os.path.join(self.folder, "data"),
                   *words]
        if os.getuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        with tempfile.TemporaryFile() as said:  # the daemon keeps a pipe open
            if subprocess.run(command, cwd="/", stdout=said, stderr=subprocess.STDOUT).returncode:
                said.seek(0)
                raise SystemExit(said.read().decode())
