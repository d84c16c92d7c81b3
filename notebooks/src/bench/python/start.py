"""From the start of the process to the first result."""

import os

from figure import Figure, median_millis
from kernel import first_result
from product import RAPAIO, say

ROUNDS = 11


def measure_start(product):
    for jdk in product.java_homes:
        folder = product.path("work-" + jdk)
        os.makedirs(folder, exist_ok=True)
        kernels = {"recorded": product.recorded(jdk), "unrecorded": product.unrecorded(jdk)}
        kernels["bare"] = without_archive(kernels["unrecorded"])
        kernels["rapaio"] = product.rapaio(jdk)
        took = {name: [] for name in kernels}
        say("starting %d kernels on JDK %s" % (len(kernels) * (ROUNDS + 1), jdk))
        for turn in range(ROUNDS + 1):
            for name, argv in kernels.items():
                seconds = first_result(product, argv, folder, "1 + 1")
                if turn > 0:  # the first finds the files in no cache
                    took[name].append(seconds)
        recorded, unrecorded, bare, rapaio = (median_millis(took[name]) for name in kernels)
        counted = "median of %d starts each" % ROUNDS
        yield Figure("start-recorded-jdk" + jdk, recorded, "ms", 1.2, unrecorded,
                     "not recorded", counted)
        yield Figure("start-to-bare-jdk" + jdk, recorded, "ms", 1, bare,
                     "not recorded, without the archive of classes", counted)
        yield Figure("start-to-rapaio-jdk" + jdk, recorded, "ms", 0.8, rapaio,
                     "Rapaio " + RAPAIO, counted)


def without_archive(argv):
    kept = [word for word in argv
            if not word.startswith(("-XX:SharedArchiveFile=", "-XX:AOTCache="))]
    if len(kept) == len(argv):
        raise SystemExit("The kernel was installed without an archive: " + " ".join(argv))
    return kept
