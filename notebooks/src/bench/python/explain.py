"""How often the search for a cause names the right step, the right cause, and none where none is."""

import hashlib
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import zipfile

from faults import FAULTS, SAME
from figure import Figure
from product import say
from replay import of_cells


class Web:
    """Answers with what it was last told to."""

    def __init__(self):
        web = self
        self.replies = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = web.replies.get(self.path, (404, "nothing"))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Pair:
    """Records one notebook twice, with one thing changed in between."""

    def __init__(self, product, fault, web):
        self.product, self.fault, self.web = product, fault, web
        name = "%s-%s" % (fault.cause, fault.name)
        self.folder = product.path("faults", name.replace(" ", "-").replace(",", ""))
        self.outside = self.folder + "-outside"
        self.quick = tempfile.mkdtemp(prefix="reprise-", dir="/dev/shm")
        os.makedirs(self.folder)
        os.makedirs(self.outside)

    def recorded(self, state):
        cells = state.get("cells") or self.fault.cells
        self.write(state)
        with open(os.path.join(self.folder, "n.ipynb"), "w") as notebook:
            json.dump(self.notebook([self.filled(cell) for cell in cells]), notebook)
        command = [self.product.command, "run", "n.ipynb", "--json"]
        if "taskset" in state:
            command = ["taskset", "-c", state["taskset"], *command]
        homes = list(self.product.java_homes.values())
        variables = {name: self.filled(text) for name, text in state.get("env", {}).items()}
        done = subprocess.run(
            command, cwd=self.folder, text=True, capture_output=True, timeout=300,
            env={**self.product.environment, "JAVA_HOME": homes[-1 if "jdk" in state else 0],
                 **variables})
        if done.returncode not in (0, 1):
            raise SystemExit("%s was not recorded: %s" % (self.fault, done.stderr))
        return json.loads(done.stdout)["run"]

    def notebook(self, sources):
        """A cell that is put in or taken out leaves the others their ids; one that is edited its own."""
        notebook = of_cells(*sources)
        if self.fault.cause in ("cell ran twice", "cell deleted"):
            for at, cell in enumerate(notebook["cells"]):
                cell["id"] = "%s-%d" % (hashlib.md5(cell["source"].encode()).hexdigest()[:8],
                                        sources[:at].count(cell["source"]))
        return notebook

    def write(self, state):
        for name, text in state.get("files", {}).items():
            write(os.path.join(self.folder, name), text)
        for name, text in state.get("outside", {}).items():
            write(os.path.join(self.outside, name), text)
        for name in state.get("remove", []):
            os.remove(os.path.join(self.folder, name))
        for name, entries in state.get("jars", {}).items():
            with zipfile.ZipFile(os.path.join(self.folder, name), "w") as jar:
                for entry, text in entries.items():
                    jar.writestr(entry, text)
        if "quick" in state:
            shutil.rmtree(self.quick)
            os.mkdir(self.quick)
            for name in state["quick"]:
                write(os.path.join(self.quick, name), "")
        if "argument file" in state:
            write(os.path.join(self.folder, "arguments"), state["argument file"])
        self.web.replies = state.get("replies", self.web.replies)

    def filled(self, text):
        for name, value in (("url", self.web.url), ("quick", self.quick),
                            ("outside", self.outside), ("folder", self.folder)):
            text = text.replace("{{%s}}" % name, value)
        return text

    def explained(self):
        older = self.recorded(self.fault.before)
        return self.explain(self.recorded(self.fault.after), older)

    def explain(self, newer, older):
        done = subprocess.run(
            [self.product.command, "explain", newer, older, "--json"], cwd=self.product.folder,
            env={**self.product.environment,
                 "JAVA_HOME": next(iter(self.product.java_homes.values()))},
            text=True, capture_output=True, timeout=600)
        if done.returncode not in (0, 1):
            raise SystemExit("%s was not explained: %s" % (self.fault, done.stderr))
        return json.loads(done.stdout)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        shutil.rmtree(self.quick)


def write(file, text):
    with open(file, "w", encoding="utf-8") as out:
        out.write(text)


def measure_explain(product):
    return scored(product, FAULTS, SAME)


def measure_explain_in_short(product):
    return scored(product, [it for it in FAULTS if it.short], [it for it in SAME if it.short])


def scored(product, faults, same):
    faults = [it for it in faults if can_be_had(product, it)]
    same = [it for it in same if can_be_had(product, it)]
    web = Web()
    steps = causes = alarms = replays = 0
    for number, fault in enumerate([*faults, *same], 1):
        with Pair(product, fault, web) as pair:
            found = pair.explained()
        step, cause = found.get("step"), found.get("cause") or ""
        right = fault.cause is not None and cause.startswith(fault.cause + " (")
        replays += len(found["interventions"])
        if fault.cause is None:
            alarms += bool(cause) or step is not None
        else:
            steps += step == fault.step
            causes += right
        good = (step, bool(cause)) == (None, False) if fault.cause is None else (
            right and step == fault.step)
        say("%2d/%d %s: %s, %s: step %s, %s" % (
            number, len(faults) + len(same), "right" if good else "WRONG", fault.cause or "none",
            fault.name, step, cause or found.get("why") or "none"))
    counted = "%d faults, %d replays" % (len(faults), replays)
    yield Figure("explain-step-right", 100.0 * steps / len(faults), "%", 98, counted=counted,
                 at_least=True)
    yield Figure("explain-cause-right", 100.0 * causes / len(faults), "%", 90, counted=counted,
                 at_least=True)
    yield Figure("explain-false-alarms", alarms, "pairs", 0, counted="%d pairs that do not differ"
                 % len(same))


def can_be_had(product, fault):
    """A fault of the JDK takes two of them."""
    return len(product.java_homes) > 1 or "jdk" not in fault.after
