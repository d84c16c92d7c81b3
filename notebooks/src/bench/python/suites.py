"""The tests that take too long for every check, on every JDK."""

import subprocess
import time

from figure import Figure
from product import say


ATTEMPTS = 200


def measure_suites(product):
    yield passed(
        product, "chaos", "%d attempts of killed processes, on SQLite and PostgreSQL" % ATTEMPTS,
        "verify", "-pl", "notebooks", "-am", "-Dreprise.other-jdk=true", "-Dit.test=ChaosIT",
        "-Dtest=none", "-Dsurefire.failIfNoSpecifiedTests=false", "-DforkCount=1",
        "-Dreprise.attempts=%d" % ATTEMPTS)
    for jdk, home in product.java_homes.items():
        yield passed(
            product, "long-suites-jdk" + jdk, "the long tests on JDK " + jdk,
            "verify", "-pl", "notebooks", "-am", "-Dreprise.other-jdk=true",
            "-Dgroups=long,long-too", "-Dreprise.replays=10", "-Dreprise.test.jvm-options=",
            "-Dreprise.test.java=%s/bin/java" % home)


def passed(product, name, what, *words):
    say("running " + what)
    began = time.perf_counter()
    maven = subprocess.run(
        ["mvn", "-B", "-ntp", *words], cwd=product.root, capture_output=True, text=True)
    if maven.returncode:
        say(maven.stdout[-4000:])
    return Figure(name, maven.returncode, "failures", 0,
                  counted="%.0f s" % (time.perf_counter() - began))
