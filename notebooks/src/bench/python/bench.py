"""bin/bench: every figure that Reprise has a bar for, as a ratio measured in one run."""

import itertools
import json
import sys

from bundle import measure_bundle
from capture import measure_capture
from cell import measure_cell
from explain import measure_explain, measure_explain_in_short
from jobs import measure_jobs
from product import Product
from proof import measure_proof
from replay import measure_replay
from start import measure_start
from suites import measure_suites


def measure_replay_and_proof(product):
    return itertools.chain(measure_replay(product), measure_proof(product))


NAMES = {"cell": measure_cell, "start": measure_start, "replay": measure_replay_and_proof,
         "capture": measure_capture, "bundle": measure_bundle,
         "proof": measure_proof,
         "jobs": measure_jobs,
         "explain": measure_explain, "explain-in-short": measure_explain_in_short,
         "suites": measure_suites}
USAGE = "Usage: bin/bench cell|start|replay|proof|capture|bundle|jobs|explain|explain-in-short|suites … [--json]"


def main(root, arguments):
    as_json = "--json" in arguments
    names = [argument for argument in arguments if argument != "--json"]
    if not names or any(name not in NAMES for name in names):
        print(USAGE, file=sys.stderr)
        return 2
    figures = []
    for name in names:
        with Product(root) as product:
            for figure in NAMES[name](product):
                figures.append(figure)
                if not as_json:
                    print(figure.line(), flush=True)
    if as_json:
        print(json.dumps([figure.fact() for figure in figures], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
