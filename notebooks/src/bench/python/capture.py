"""What recording everything costs: whole notebooks, many files, memory, and the store."""

import json
import os
import platform
import shutil
import statistics
import time

from figure import Figure, median_millis
from kernel import ready
from product import say

ROUNDS = 5
EXAMPLES = {"weather": "1-seattle-weather", "penguins": "2-penguins"}
if (platform.system(), platform.machine()) == ("Linux", "x86_64"):  # has natives for no other
    EXAMPLES["network"] = "3-weather-network"
SMALL_FILES = 10_000
SMALL_ROUNDS = 9
RUNS = 1_000
LAST_RUNS = 100
MEGABYTE = 1 << 20
GIBIBYTE = 1 << 30

HEAP = """
for (int i = 0; i < 3; i++) { System.gc(); Thread.sleep(100); }
var memory = Runtime.getRuntime();
java.nio.file.Files.writeString(java.nio.file.Path.of("%s"),
    String.valueOf(memory.totalMemory() - memory.freeMemory()));
"""
READ_ALL = """
long all = 0;
for (int i = 0; i < %d; i++) {
  all += java.nio.file.Files.readAllBytes(java.nio.file.Path.of("%s/" + i)).length;
}
all
"""
READ_LARGE = """
long total = 0;
try (var in = java.nio.file.Files.newInputStream(java.nio.file.Path.of("%s"))) {
  byte[] block = new byte[1 << 20];
  for (int n; (n = in.read(block)) > 0; ) total += n;
}
"""

# One of each, ten times over: a day's work of somebody who explores.
MIXED = [
    "int n%d = 200_000;",
    "double[] xs%d = new Random(%d).doubles(100_000).toArray();\nArrays.stream(xs%d).sum()",
    "record Point%d(int x, int y) {}\nnew Point%d(1, 2)",
    "int square%d(int x) { return x * x; }\nIntStream.range(0, 100_000).map(x -> square%d(x)).sum()",
    "var words%d = IntStream.range(0, 50_000).mapToObj(i -> \"w\" + i %% 997).toList();\nwords%d.size()",
    "new TreeMap<>(words%d.stream().collect(Collectors.groupingBy(w -> w, Collectors.counting())))"
    ".firstKey()",
    "for (int i = 0; i < 200; i++) System.out.println(\"line \" + i);",
    "java.nio.file.Files.write(java.nio.file.Path.of(\"mixed-%d.csv\"), words%d);",
    "java.nio.file.Files.readAllLines(java.nio.file.Path.of(\"mixed-%d.csv\")).size()",
    "Collections.shuffle(new ArrayList<>(words%d));\nMath.random() < 2",
]


def measure_capture(product):
    for jdk in product.java_homes:
        kernels = {"recorded": product.recorded(jdk), "unrecorded": product.unrecorded(jdk)}
        for name, example in EXAMPLES.items():
            yield from measure_notebook(product, jdk, kernels, name, example)
        yield from measure_mixed(product, jdk, kernels)
        yield from measure_small_files(product, jdk, kernels)
        yield from measure_large_file(product, jdk, kernels)
    yield from measure_store(product)


def cells_of(notebook):
    with open(notebook) as file:
        return ["".join(cell["source"]) for cell in json.load(file)["cells"]
                if cell["cell_type"] == "code"]


def seconds_of(kernel, cells):
    began = time.perf_counter()
    for cell in cells:
        kernel.execute(cell)
    return time.perf_counter() - began


def measure_notebook(product, jdk, kernels, name, example):
    say("executing the example %s %d times on JDK %s" % (name, 2 * ROUNDS, jdk))
    took = {kind: [] for kind in kernels}
    for turn in range(ROUNDS + 1):
        for kind, argv in kernels.items():
            folder = product.path("%s-%s-%s" % (name, jdk, kind))
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(os.path.join(product.root, "notebooks", example), folder)
            notebook = next(f for f in os.listdir(folder) if f.endswith(".ipynb"))
            cells = cells_of(os.path.join(folder, notebook))
            with ready(product, argv, folder) as kernel:
                seconds = seconds_of(kernel, cells)
            if turn > 0:  # the first fetches what it needs
                took[kind].append(seconds)
    yield Figure("capture-%s-jdk%s" % (name, jdk), median_millis(took["recorded"]), "ms", 1.05,
                 median_millis(took["unrecorded"]), "not recorded",
                 "median of %d each" % ROUNDS)


def mixed():
    for turn in range(10):
        for cell in MIXED:
            yield cell.replace("%d", str(turn)).replace("%%", "%")


def measure_mixed(product, jdk, kernels):
    say("executing 100 mixed cells %d times on JDK %s" % (2 * ROUNDS, jdk))
    took = {kind: [] for kind in kernels}
    heap = {kind: [] for kind in kernels}
    resident = {kind: [] for kind in kernels}
    for _ in range(ROUNDS):
        for kind, argv in kernels.items():
            folder = fresh(product, "mixed-%s-%s" % (jdk, kind))
            with ready(product, argv, folder) as kernel:
                took[kind].append(seconds_of(kernel, mixed()))
                heap[kind].append(heap_of(kernel, folder))
                resident[kind].append(resident_of(kernel))
    counted = "median of %d each" % ROUNDS
    yield Figure("capture-mixed-jdk" + jdk, median_millis(took["recorded"]), "ms", 1.05,
                 median_millis(took["unrecorded"]), "not recorded", counted)
    yield added("capture-heap-jdk" + jdk, heap, counted)
    yield added("capture-resident-jdk" + jdk, resident, counted)


def added(name, bytes_by_kind, counted):
    recorded, unrecorded = (statistics.median(bytes_by_kind[k]) for k in ("recorded", "unrecorded"))
    return Figure(name, (recorded - unrecorded) / MEGABYTE, "MB", 64, counted=counted)


def fresh(product, name):
    folder = product.path(name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def heap_of(kernel, folder):
    """Bytes in use after a collection."""
    answer = os.path.join(folder, "heap.txt")
    kernel.execute(HEAP % answer)
    with open(answer) as file:
        return int(file.read())


def resident_of(kernel):
    with open("/proc/%d/status" % kernel.process.pid) as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise SystemExit("This system does not say how much memory a process has.")


def measure_small_files(product, jdk, kernels):
    say("opening %d small files %d times on JDK %s" % (SMALL_FILES, 2 * SMALL_ROUNDS, jdk))
    folder = fresh(product, "small-" + jdk)
    for number in range(SMALL_FILES):
        with open(os.path.join(folder, str(number)), "wb") as file:
            file.write(os.urandom(1000))
    cell = READ_ALL % (SMALL_FILES, folder)
    took = {kind: [] for kind in kernels}
    running = {kind: ready(product, argv, folder) for kind, argv in kernels.items()}
    for kernel in running.values():
        for _ in range(3):  # from then on the files are known, and the loop is compiled
            kernel.execute(cell)
    time.sleep(5)  # their bytes are on their way
    for _ in range(SMALL_ROUNDS):
        for kind, kernel in running.items():
            took[kind].append(kernel.execute(cell))
            time.sleep(0.5)
    for kernel in running.values():
        kernel.__exit__()
    yield Figure("capture-small-files-jdk" + jdk, median_millis(took["recorded"]), "ms", 1.20,
                 median_millis(took["unrecorded"]), "not recorded",
                 "median of %d each" % SMALL_ROUNDS)


def measure_large_file(product, jdk, kernels):
    say("reading 1 GiB on JDK %s for what it does to the memory" % jdk)
    resident = {kind: [] for kind in kernels}
    for _ in range(3):
        for kind, argv in kernels.items():
            folder = fresh(product, "large-%s-%s" % (jdk, kind))
            write_large(os.path.join(folder, "large.bin"))
            with ready(product, argv, folder) as kernel:
                kernel.execute(READ_LARGE % "large.bin")
                time.sleep(8)  # it is hashed, and on its way to the server
                resident[kind].append(resident_of(kernel))
            os.remove(os.path.join(folder, "large.bin"))
    yield added("capture-resident-large-jdk" + jdk, resident, "median of 3 each")


def write_large(file):
    with open(file, "wb") as out:
        for _ in range(GIBIBYTE // MEGABYTE):
            out.write(os.urandom(MEGABYTE))


def measure_store(product):
    jdk, argv = next((jdk, product.recorded(jdk)) for jdk in product.java_homes)
    say("running a notebook on 1 GiB %d times on JDK %s" % (RUNS, jdk))
    folder = fresh(product, "thousand")
    write_large(os.path.join(folder, "large.bin"))
    cells = [READ_LARGE % "large.bin", "total / 2"]
    with ready(product, argv, folder) as kernel:
        for run in range(RUNS):
            if run == RUNS - LAST_RUNS:
                before = settled(product)
            seconds_of(kernel, cells)
        after = settled(product)
    os.remove(os.path.join(folder, "large.bin"))
    yield Figure("capture-store-jdk" + jdk, (after - before) / LAST_RUNS / 1024, "KiB", 64,
                 counted="a run, mean of the last %d of %d" % (LAST_RUNS, RUNS))


def settled(product):
    """Bytes in the home and the server's store once nothing is on its way any more."""
    last, now = -1, 0
    while last != now:
        time.sleep(3)
        last, now = now, size(product.environment["REPRISE_HOME"])
    return now


def size(folder):
    total = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            if name.endswith(("-wal", "-shm")):
                continue  # SQLite's working space, which is used again
            try:
                total += os.path.getsize(os.path.join(parent, name))
            except FileNotFoundError:
                pass  # moved while we looked
    return total
