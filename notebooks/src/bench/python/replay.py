"""What a replay costs, and how fast a server takes in what was recorded."""

import json
import os
import shutil
import statistics
import time

from figure import Figure, median_millis
from product import say

ROUNDS = 5


def measure_replay(product):
    for jdk, home in product.java_homes.items():
        yield replayed(product, jdk, home)
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


def intake(product):
    say("sending events")
    home = next(iter(product.java_homes.values()))
    rates = json.loads(product.program(home, "reproducer", "Intake.java"))
    return Figure("event-intake", statistics.median(rates), "events/s", 5000,
                  counted="median of %d journals in batches of 500" % len(rates), at_least=True)
