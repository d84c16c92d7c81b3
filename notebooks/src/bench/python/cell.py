"""What a cell costs: the smallest there is, and one that reads a large file."""

import hashlib
import os
import time

from figure import Figure, median_millis
from kernel import ready
from product import RAPAIO, say

TURNS = 20
CELLS = 10
WARMING = 30
FILE_ROUNDS = 5
READ_AGAIN = 6
FILE_BYTES = 1 << 30

READ = """
long total = 0;
try (var in = java.nio.file.Files.newInputStream(java.nio.file.Path.of("%s"))) {
  byte[] block = new byte[1 << 20];
  for (int n; (n = in.read(block)) > 0; ) total += n;
}
"""
HASH = """
var sha = java.security.MessageDigest.getInstance("SHA-256");
try (var in = java.nio.file.Files.newInputStream(java.nio.file.Path.of("%s"))) {
  byte[] block = new byte[1 << 20];
  for (int n; (n = in.read(block)) > 0; ) sha.update(block, 0, n);
}
sha.digest();
"""


def measure_cell(product):
    for jdk in product.java_homes:
        folder = product.path("work-" + jdk)
        os.makedirs(folder, exist_ok=True)
        recorded, unrecorded = product.recorded(jdk), product.unrecorded(jdk)
        yield from measure_latency(product, jdk, folder, recorded, unrecorded)
        yield from measure_file(product, jdk, folder, recorded, unrecorded)


def measure_latency(product, jdk, folder, recorded, unrecorded):
    say("executing %d cells in each kernel on JDK %s" % (WARMING + TURNS * CELLS, jdk))
    kernels = {"recorded": recorded, "unrecorded": unrecorded, "rapaio": product.rapaio(jdk)}
    kernels = {name: ready(product, argv, folder) for name, argv in kernels.items()}
    took = {name: [] for name in kernels}
    for kernel in kernels.values():
        for cell in range(WARMING):
            kernel.execute("int x = %d;" % cell)
    for turn in range(TURNS):
        for name, kernel in kernels.items():
            for cell in range(CELLS):
                took[name].append(kernel.execute("int x = %d;" % (turn * CELLS + cell)))
            time.sleep(0.2)  # what a kernel does after a cell is to burden its own cells only
    for kernel in kernels.values():
        kernel.__exit__()
    counted = "median of %d cells each" % (TURNS * CELLS)
    ours, bare, rapaio = (median_millis(took[name]) for name in took)
    yield Figure("cell-to-rapaio-jdk" + jdk, ours, "ms", 0.35, rapaio, "Rapaio " + RAPAIO, counted)
    yield Figure("cell-recorded-jdk" + jdk, ours, "ms", 1.15, bare, "not recorded", counted)
    yield Figure("cell-added-jdk" + jdk, ours - bare, "ms", 5, counted=counted)


def measure_file(product, jdk, folder, recorded, unrecorded):
    say("reading 1 GiB %d times on JDK %s" % ((3 + 2 * READ_AGAIN) * FILE_ROUNDS, jdk))
    file = product.path("work-" + jdk, "large.bin")
    digest = write(file)
    first, second, bare, bare_again, hashing = [], [], [], [], []
    for _ in range(FILE_ROUNDS):
        with ready(product, recorded, folder) as kernel, \
                ready(product, unrecorded, folder) as other:
            first.append(kernel.execute(READ % file))
            while product.ask("/api/blobs/missing", [digest]):
                time.sleep(0.1)  # its bytes are on their way to the server
            os.sync()  # and on their way to the disk
            bare.append(other.execute(READ % file))
            for _ in range(READ_AGAIN):
                second.append(kernel.execute(READ % file))
                time.sleep(0.3)
                bare_again.append(other.execute(READ % file))
                time.sleep(0.3)
            hashing.append(other.execute(HASH % file))
    os.remove(file)
    counted = "median of %d each" % FILE_ROUNDS
    yield Figure("file-first-read-jdk" + jdk, median_millis(first), "ms", 1.15,
                 median_millis(bare) + median_millis(hashing),
                 "not recorded and hashed once", counted)
    yield Figure("file-second-read-jdk" + jdk, median_millis(second), "ms", 1.05,
                 median_millis(bare_again), "not recorded",
                 "median of %d each" % (FILE_ROUNDS * READ_AGAIN))


def write(file):
    """Real bytes, which no file system can leave out; they stay in the page cache."""
    sha = hashlib.sha256()
    with open(file, "wb") as out:
        for _ in range(FILE_BYTES >> 20):
            block = os.urandom(1 << 20)
            sha.update(block)
            out.write(block)
    return sha.hexdigest()
