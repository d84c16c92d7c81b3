"""The built product as a person has it: the command, a server, a home of its own."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

RAPAIO = "3.0.1"


class Product:
    def __init__(self, root):
        self.root = root
        self.folder = tempfile.mkdtemp(prefix="reprise-bench-")
        self.command = os.path.join(root, "bin", "reprise")
        self.java_homes = dict(java_homes())
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("REPRISE_")}
        self.environment["REPRISE_HOME"] = os.path.join(self.folder, "home")
        self.environment["REPRISE_LIB"] = os.path.join(root, "target", "dist", "lib")
        self.server = None

    def __enter__(self):
        """People work with a server running, so everything here is measured with one."""
        self.serve()
        return self

    def serve(self, **variables):
        """Starts the server, in place of one that is there. It replays nothing by itself, which it
        would begin in the middle of a measurement."""
        self.stop()
        self.server = subprocess.Popen(
            [self.command, "server", "--port", "0", "--verify", "off"],
            env={**self.environment, **variables}, cwd=self.folder, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL)
        line = self.server.stdout.readline()
        if "?token=" not in line:
            raise SystemExit("The server did not start: " + line)
        url, token = line[line.index("http"):].strip().split("?token=")
        self.environment["REPRISE_URL"] = url.rstrip("/")
        self.environment["REPRISE_TOKEN"] = token

    def stop(self):
        if self.server:
            self.server.terminate()
            self.server.wait(20)
            self.server = None

    def __exit__(self, *failure):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def ask(self, path, body):
        request = urllib.request.Request(
            self.environment["REPRISE_URL"] + path, data=json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + self.environment["REPRISE_TOKEN"],
                     "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def run(self, *arguments, cwd=None, **variables):
        """What the command says on stdout; the command must succeed."""
        return self.output([self.command, *arguments], cwd or self.folder, variables)

    def program(self, java_home, part, source, *arguments):
        """Runs a Java source file of the bench on the class path of a part of the product."""
        return self.output(
            [os.path.join(java_home, "bin", "java"),
             "-cp", os.path.join(self.environment["REPRISE_LIB"], part, "*"),
             os.path.join(self.root, "notebooks", "src", "bench", "java", source), *arguments],
            self.folder, {"JAVA_HOME": java_home})

    def output(self, command, cwd, variables):
        done = subprocess.run(
            command, env={**self.environment, **variables}, cwd=cwd, text=True,
            capture_output=True, timeout=600)
        if done.returncode != 0:
            raise SystemExit("%s failed:\n%s%s" % (" ".join(command), done.stdout, done.stderr))
        return done.stdout

    def recorded(self, jdk):
        """The argv of our kernel as it is installed for people."""
        prefix = self.path("recorded-" + jdk)
        say("installing the recorded kernel on JDK %s" % jdk)
        self.run("kernel", "install", "--prefix", prefix, JAVA_HOME=self.java_homes[jdk])
        with open(os.path.join(prefix, "share/jupyter/kernels/reprise-java/kernel.json")) as file:
            return json.load(file)["argv"]

    def unrecorded(self, jdk):
        """The argv of the same kernel without its recording, rehearsed as well."""
        folder = self.path("unrecorded-" + jdk)
        say("installing the unrecorded kernel on JDK %s" % jdk)
        self.program(self.java_homes[jdk], "kernel-extension", "UnrecordedKernel.java", folder)
        with open(os.path.join(folder, "kernel.json")) as file:
            return json.load(file)["argv"]

    def rapaio(self, jdk):
        """The argv that Rapaio's own installer writes."""
        jar = os.path.expanduser(
            "~/.m2/repository/io/github/padreati/rapaio-jupyter-kernel/%s"
            "/rapaio-jupyter-kernel-%s.jar" % (RAPAIO, RAPAIO))
        if not os.path.exists(jar):
            say("fetching Rapaio's kernel " + RAPAIO)
            self.output(
                ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false",
                 "-Dartifact=io.github.padreati:rapaio-jupyter-kernel:" + RAPAIO],
                self.root, {})
        return [os.path.join(self.java_homes[jdk], "bin", "java"), "-jar", jar, "{connection_file}"]


def java_homes():
    """The JDK of the build and, if there is one, JDK 25: by version."""
    chosen = os.environ.get("JAVA_HOME") or os.path.dirname(
        os.path.dirname(os.path.realpath(shutil.which("java"))))
    newer = [os.environ["JDK25_HOME"]] if "JDK25_HOME" in os.environ else sorted(
        glob.glob("/usr/lib/jvm/*25*"))
    for home in [chosen, *newer]:
        if os.path.exists(os.path.join(home, "bin", "javac")):
            yield version(home), home


def version(home):
    with open(os.path.join(home, "release")) as file:
        for line in file:
            if line.startswith("JAVA_VERSION="):
                return line.split('"')[1].split(".")[0]
    return "unknown"


def say(what):
    print(what + " …", file=sys.stderr, flush=True)
