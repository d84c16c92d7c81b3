"""The tests that take too long for every check, on every JDK."""

import subprocess
import time

from figure import Figure
from product import say


def measure_suites(product):
    for jdk, home in product.java_homes.items():
        say("running the long tests on JDK %s" % jdk)
        began = time.perf_counter()
        failed = subprocess.run(
            ["mvn", "-B", "-ntp", "verify", "-pl", "notebooks", "-am", "-Dreprise.other-jdk=true",
             "-Dgroups=long,long-too", "-Dreprise.replays=10",
             "-Dreprise.test.java=%s/bin/java" % home],
            cwd=product.root, capture_output=True, text=True)
        if failed.returncode:
            say(failed.stdout[-4000:])
        yield Figure("long-suites-jdk" + jdk, failed.returncode, "failures", 0,
                     counted="%.0f s" % (time.perf_counter() - began))
