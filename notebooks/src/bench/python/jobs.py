"""How soon jobs begin, what they cost beside a replay, and how many a server keeps in mind."""

import datetime
import json
import os
import statistics
import subprocess
import time
import urllib.request

from cluster import Cluster
from figure import Figure
from postgres import Postgres
from product import say
from replay import of_cells, work

FIRINGS = 30
ROUNDS = 5
SCHEDULES = 1000
SECONDS = 20
POINTS = 50
NOBODY = {"to": [], "rules": [], "none": True}


def measure_jobs(product):
    yield punctuality(product)
    yield overhead(product)
    yield ticks(product)
    with Postgres() as database:
        yield ticks(product, database)
    yield from a_year(product)
    yield graph(product)
    yield sweep(product)


def recorded(product, name, *cells):
    folder = product.path(name)
    os.makedirs(folder)
    notebook = os.path.join(folder, name + ".ipynb")
    with open(notebook, "w") as file:
        json.dump(of_cells(*cells), file)
    return json.loads(product.run("run", notebook, "--json", cwd=folder))["run"]


def promoted(product, name, run, *options):
    product.run("promote", run, "--name", name, "--unverified", "measured", "--no-alerts", *options)


def history(product, name, limit=500):
    return json.loads(
        product.run("job", "history", name, "--limit", str(limit), "--json"))


def moment(text):
    whole, _, rest = text.rstrip("Z").partition(".")
    parsed = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc)
    return parsed.timestamp() + float("0." + (rest or "0"))


def seconds(attempt):
    return moment(attempt["endedAt"]) - moment(attempt["startedAt"])


def get(product, path):
    request = urllib.request.Request(
        product.environment["REPRISE_URL"] + path,
        headers={"Authorization": "Bearer " + product.environment["REPRISE_TOKEN"]})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def punctuality(product):
    """From the moment that the schedule names to the one at which the attempt's JVM is asked for,
    beside the start of a JVM that says nothing. The first cell follows when that JVM and the one
    that executes the cells are there; that is told as well."""
    run = recorded(product, "punctual", "int n = 1;")
    promoted(product, "punctual", run)
    product.run("job", "schedule", "punctual", "--every", "8s")
    say("waiting for %d times that are due" % FIRINGS)
    while True:
        done = [it for it in history(product, "punctual") if it["status"] == "SUCCEEDED"]
        if len(done) >= FIRINGS:
            break
        time.sleep(4)
    product.run("job", "pause", "punctual")
    waited = sorted(
        moment(it["attempts"][0]["startedAt"]) - moment(it["due"]) for it in done)
    cells = sorted(
        moment(get(product, "/api/runs/" + it["attempts"][0]["run"])["startedAt"])
        - moment(it["due"]) for it in done)
    starts = []
    for _ in range(FIRINGS):
        began = time.perf_counter()
        subprocess.run(["java", "-version"], capture_output=True, check=True)
        starts.append(time.perf_counter() - began)
    p95 = waited[int(len(waited) * 0.95)]
    return Figure(
        "job-due-to-started-p95", (p95 + statistics.median(starts)) * 1000, "ms",
        (statistics.median(starts) + 1) * 1000,
        counted="a JVM starts in %.0f ms; first cell after %.0f ms in the median; of %d firings" % (
            statistics.median(starts) * 1000, statistics.median(cells) * 1000, len(done)))


def overhead(product):
    run = recorded(product, "ten-seconds", "Thread.sleep(7_500); int a = 1;", "a")
    promoted(product, "ten-seconds", run)
    attempts, replays = [], []
    say("carrying out an attempt and replaying its run, %d times each" % ROUNDS)
    for _ in range(ROUNDS):
        firing = json.loads(product.run("job", "run", "ten-seconds", "--wait", "--json"))
        attempts.append(seconds(firing["attempts"][0]))
        began = time.perf_counter()
        product.run("replay", run, "--json")
        replays.append(time.perf_counter() - began)
    return Figure("job-attempt", statistics.median(attempts) * 1000, "ms", 1.1,
                  statistics.median(replays) * 1000, "replay", "median of %d each" % ROUNDS)


def graph(product):
    """Four stages that work equally long, one after the other and side by side. Each begins a JVM
    of its own, for which two busy processors take some seconds: of shorter stages that is more."""
    names = ["north", "east", "south", "west"]
    cells = [work(name) + 'java.nio.file.Files.writeString(java.nio.file.Path.of("%s.txt"),'
             ' "" + %s);' % (name, name) for name in names]
    run = recorded(product, "four", *cells)
    promoted(product, "in-order", run)
    promoted(product, "side-by-side", run, "--dag", "--fresh-chance")
    took = {"in-order": [], "side-by-side": []}
    say("carrying out four stages in order and side by side, 3 times each")
    for _ in range(3):
        for name, all_of_it in took.items():
            firing = json.loads(product.run("job", "run", name, "--wait", "--json"))
            if firing["status"] != "SUCCEEDED":
                raise SystemExit("The job %s: %s" % (name, firing.get("why")))
            all_of_it.append(seconds(firing["attempts"][0]))
    return Figure("job-dag", statistics.median(took["side-by-side"]) * 1000, "ms", 0.6,
                  statistics.median(took["in-order"]) * 1000, "in order", "median of 3 each")


class AnyTime:
    """A server of a home of its own whose clock can be set."""

    def __init__(self, product, home, now, database=None):
        self.product, self.token = product, "measured"
        java = next(iter(product.java_homes.values()))
        self.process = subprocess.Popen(
            [os.path.join(java, "bin", "java"), "-Xmx512m",
             "-cp", os.path.join(product.environment["REPRISE_LIB"], "tracking-server", "*"),
             os.path.join(product.root, "notebooks", "src", "bench", "java",
                          "ServerOfAnyTime.java"),
             home, self.token, now] + ([database] if database else []),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip().rstrip("/")

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        self.process.wait(60)

    def to(self, moment_then):
        """Seconds until all that was due was fired, and the number of firings."""
        self.process.stdin.write(moment_then + "\n")
        self.process.stdin.flush()
        took, firings = self.process.stdout.readline().split()
        return float(took), int(firings)

    def ask(self, method, path, body):
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode(), method=method,
            headers={"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def scheduled(self, jobs, cron):
        """So many jobs, all of one run, which make up for all that they missed."""
        folder = self.product.path("scheduled-%d" % time.time_ns())
        os.makedirs(folder)
        notebook = os.path.join(folder, "n.ipynb")
        with open(notebook, "w") as file:
            json.dump(of_cells("int n = 1;"), file)
        run = json.loads(self.product.run(
            "run", notebook, "--json", cwd=folder,
            REPRISE_URL=self.url, REPRISE_TOKEN=self.token))["run"]
        for job in range(jobs):
            path = "/api/jobs/job-%d" % job
            self.ask("POST", path + "/versions", {"run": run, "unverified": "measured"})
            self.ask("PUT", path + "/alerts", NOBODY)
            self.ask("PUT", path + "/policy", {
                "atOnce": 1, "overlap": "SKIP", "catchUp": "ALL", "catchUpMost": 10000,
                "whilePaused": "DROP", "attempts": 1, "backOffSeconds": 0})
            self.ask("POST", path + "/triggers", {"kind": "cron", "expression": cron,
                                                  "zone": "Europe/Berlin"})


def ticks(product, database=None):
    name = "sqlite" if database is None else "postgresql"
    say("setting up %d jobs that are due each second, on %s" % (SCHEDULES, name))
    with AnyTime(product, product.path("ticks-" + name), "2026-03-01T00:00:00Z",
                 database) as server:
        server.scheduled(SCHEDULES, "* * * * * *")
        server.to("2026-03-01T00:00:02Z")
        _, before = server.to("2026-03-01T00:00:03Z")
        took, after = server.to("2026-03-01T00:00:%02dZ" % (3 + SECONDS))
    return Figure("job-ticks-" + name, (after - before) / took, "ticks/s", 2000,
                  counted="%d times of %d jobs" % (after - before, SCHEDULES), at_least=True)


def a_year(product):
    home = product.path("year")
    begin = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) \
        - datetime.timedelta(days=366)
    say("going through a year of %d schedules" % SCHEDULES)
    began = time.perf_counter()
    with AnyTime(product, home, begin.isoformat().replace("+00:00", "Z")) as server:
        server.scheduled(SCHEDULES, "30 2 * * *")
        tomorrow = begin + datetime.timedelta(days=1)
        server.to(tomorrow.isoformat().replace("+00:00", "Z"))  # one firing of each job
        firings = 0
        for month in range(1, 13):
            then = begin + datetime.timedelta(days=30.5 * month)
            _, firings = server.to(then.isoformat().replace("+00:00", "Z"))
        for firing in range(1, SCHEDULES + 1):  # the first of each job still waits for somebody
            server.ask("POST", "/api/firings/%d/cancel" % firing, {})
    say("%d firings in %.0f s" % (firings, time.perf_counter() - began))
    empty, full = [], []
    for _ in range(3):
        empty.append(started(product, product.path("empty-home")))
        full.append(started(product, home))
    yield Figure("job-year-start", statistics.median(it[0] for it in full) * 1000, "ms",
                 statistics.median(it[0] for it in empty) * 1000 + 1000,
                 counted="%.0f ms without any; %d firings of %d schedules" % (
                     statistics.median(it[0] for it in empty) * 1000, firings, SCHEDULES))
    yield Figure("job-year-memory",
                 statistics.median(it[1] for it in full) - statistics.median(it[1] for it in empty),
                 "MB more", 100, counted="resident after 15 s, median of 3")


def started(product, home):
    """Seconds until the server says where it is, and what it has in memory a while later."""
    began = time.perf_counter()
    server = subprocess.Popen(
        [product.command, "server", "--port", "0", "--verify", "off", "--home", home],
        env=product.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    server.stdout.readline()
    took = time.perf_counter() - began
    time.sleep(15)
    resident = sum(megabytes(pid) for pid in [server.pid, *children(server.pid)])
    server.terminate()
    server.wait(20)
    return took, resident


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return [int(word) for word in file.read().split()]
    except FileNotFoundError:
        return []


def megabytes(pid):
    with open("/proc/%d/status" % pid) as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0


def sweep(product):
    """All points on two nodes, beside so many single runs laid one against the other."""
    with Cluster(product.path("cluster")) as cluster:
        product.serve(SLURM_CONF=cluster.configuration)
        promoted(product, "points",
                 recorded(product, "points", "long point = 1;", "Thread.sleep(1500); point * 2"))
        product.run("job", "set", "points", "--on", "slurm", "--slurm-cpus", "1",
                    "--at-once", str(POINTS))
        singles = []
        say("single points on the cluster")
        for point in range(5):
            firing = json.loads(product.run(
                "job", "run", "points", "-p", "point=%d" % point, "--wait", "--json"))
            singles.append(moment(firing["endedAt"]) - moment(firing["createdAt"]))
        say("%d points on the cluster" % POINTS)
        swept = json.loads(product.run(
            "job", "sweep", "points", "--wait", "--json",
            "-p", "point=" + ",".join(str(it) for it in range(100, 100 + POINTS))))
        product.stop()
    if any(it["status"] != "SUCCEEDED" for it in swept):
        raise SystemExit("Not all points succeeded")
    took = max(moment(it["endedAt"]) for it in swept) - min(
        moment(it["createdAt"]) for it in swept)
    best = statistics.median(singles) * POINTS / 2
    return Figure("job-sweep-slurm", took * 1000, "ms", 1.3, best * 1000,
                  "%d of %.0f ms packed on 2 nodes" % (POINTS, statistics.median(singles) * 1000),
                  "%d points, nodes of one processor" % POINTS)
