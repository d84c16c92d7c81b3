"""What a replay costs, and how fast a server takes in what was recorded."""

import json
import os
import shutil
import statistics
import time

from figure import Figure, median_millis
from product import say

ROUNDS = 5
SLICED_ROUNDS = 3


def work(name):
    """A cell that keeps a processor busy, whatever the compiler makes of it: a fast one for ten
    seconds."""
    return """long %s = 1;
for (long i = 0; i < 8_000_000_000L; i++)
  %s = %s * 6364136223846793005L + 1442695040888963407L;
""" % (name, name, name)


def measure_replay(product):
    for jdk, home in product.java_homes.items():
        yield replayed(product, jdk, home)
    for jdk, home in product.java_homes.items():
        yield sliced(product, jdk, home)
    yield intake(product)


def replayed(product, jdk, home):
    folder = product.path("jdk" + jdk, "2-penguins")
    shutil.copytree(os.path.join(product.root, "notebooks", "2-penguins"), folder)
    notebook = os.path.join(folder, "penguins.ipynb")
    say("recording the training example on JDK %s" % jdk)
    run = json.loads(product.run("run", notebook, "--json", cwd=folder, JAVA_HOME=home))["run"]
    replays, runs = [], []
    say("replaying it %d times, and running it as often" % (ROUNDS + 1))
    for turn in range(ROUNDS + 1):
        began = time.perf_counter()
        verdict = json.loads(product.run("replay", run, "--json", JAVA_HOME=home))["verdict"]
        between = time.perf_counter()
        product.run("run", notebook, "--json", cwd=folder, REPRISE_RECORD="off",
                    REPRISE_HOME=product.path("unrecorded"), JAVA_HOME=home)
        ended = time.perf_counter()
        if verdict != "IDENTICAL":
            raise SystemExit("The replay is " + verdict)
        if turn > 0:
            replays.append(between - began)
            runs.append(ended - between)
    return Figure("replay-training-jdk" + jdk, median_millis(replays), "ms", 1.3,
                  median_millis(runs), "run unrecorded", "median of %d each" % ROUNDS)


def sliced(product, jdk, home):
    """Of two cells that work equally long the last one needs one only."""
    folder = product.path("slice-jdk" + jdk)
    os.makedirs(folder)
    notebook = os.path.join(folder, "halves.ipynb")
    with open(notebook, "w") as file:
        json.dump(of_cells(work("a"), work("b"), "a"), file)
    say("recording two cells of equal work on JDK %s" % jdk)
    run = json.loads(product.run("run", notebook, "--json", cwd=folder, JAVA_HOME=home))["run"]
    say("replaying all of it and a slice, %d times each" % SLICED_ROUNDS)
    took = {"whole": [], "slice": []}
    for _ in range(SLICED_ROUNDS):
        for option in ("whole", "slice"):
            began = time.perf_counter()
            arguments = ["--slice"] if option == "slice" else []
            answer = json.loads(product.run("replay", run, *arguments, "--json", JAVA_HOME=home))
            took[option].append(time.perf_counter() - began)
            left_out = answer.get("excerpt", {}).get("leftOut", [])
            if answer["verdict"] != "IDENTICAL" or left_out != [2] * len(arguments):
                raise SystemExit("The replay is %s without %s" % (answer["verdict"], left_out))
    return Figure("replay-sliced-jdk" + jdk, median_millis(took["slice"]), "ms", 0.6,
                  median_millis(took["whole"]), "replay whole",
                  "median of %d each" % SLICED_ROUNDS)


def of_cells(*sources):
    return {
        "nbformat": 4, "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "reprise-java", "display_name": "Java",
                                    "language": "java"}},
        "cells": [
            {"cell_type": "code", "id": "c%d" % at, "metadata": {}, "outputs": [],
             "execution_count": None, "source": source} for at, source in enumerate(sources)],
    }


def intake(product):
    say("sending events")
    home = next(iter(product.java_homes.values()))
    rates = json.loads(product.program(home, "reproducer", "Intake.java"))
    return Figure("event-intake", statistics.median(rates), "events/s", 5000,
                  counted="median of %d journals in batches of 500" % len(rates), at_least=True)
