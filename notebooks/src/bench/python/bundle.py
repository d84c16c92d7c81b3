"""What it costs that a run travels: a bundle written and taken in, beside plain copies."""

import json
import os
import subprocess
import time

from capture import READ_LARGE, write_large
from figure import Figure, median_millis
from product import Product, say
from replay import of_cells

ROUNDS = 3


def measure_bundle(product):
    folder = product.path("bundle")
    os.makedirs(folder)
    data = os.path.join(folder, "large.bin")
    bundle = os.path.join(folder, "run.zip")
    write_large(data)
    with open(os.path.join(folder, "n.ipynb"), "w") as file:
        json.dump(of_cells(READ_LARGE % "large.bin"), file)
    say("recording a run on 1 GiB")
    run = json.loads(product.run("run", "n.ipynb", "--json", cwd=folder))["run"]
    say("exporting and importing it %d times, and copying as much" % (ROUNDS + 1))
    travels, copies = [], []
    for turn in range(ROUNDS + 1):
        with Product(product.root) as other:
            began = time.perf_counter()
            product.run("export", run, "--as", "bundle", "-o", bundle, "--force")
            other.run("import", bundle)
            took = time.perf_counter() - began
        copied = copy_twice(data)
        if turn > 0:
            travels.append(took)
            copies.append(copied)
    yield Figure("bundle-export-and-import", median_millis(travels), "ms", 3,
                 median_millis(copies), "cp twice", "1 GiB, median of %d each" % ROUNDS)


def copy_twice(data):
    began = time.perf_counter()
    subprocess.run(["cp", data, data + "-1"], check=True)
    subprocess.run(["cp", data + "-1", data + "-2"], check=True)
    took = time.perf_counter() - began
    os.remove(data + "-1")
    os.remove(data + "-2")
    return took
