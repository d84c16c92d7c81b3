"""What a proof costs beside the work itself, and whether it holds a hundred times."""

import glob
import itertools
import json
import os
import shutil
import subprocess
import time

from capture import EXAMPLES
from figure import Figure, median_millis
from product import say
from replay import of_cells

NBCONVERT_ROUNDS = 5
TRAINING_ROUNDS = 3
REPLAYS = 100

# Gradient descent on data of its own; about a minute of a processor.
TRAIN = """double train(int rounds) {
  java.util.Random random = new java.util.Random(7);
  int rows = 2_000, columns = 50;
  double[][] xs = new double[rows][columns];
  double[] ys = new double[rows];
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < columns; j++) {
      xs[i][j] = random.nextGaussian();
    }
    ys[i] = xs[i][0] - 2 * xs[i][1] > random.nextGaussian() / 4 ? 1 : 0;
  }
  double[] weights = new double[columns];
  double loss = 0;
  for (int round = 0; round < rounds; round++) {
    double[] gradient = new double[columns];
    loss = 0;
    for (int i = 0; i < rows; i++) {
      double z = 0;
      for (int j = 0; j < columns; j++) {
        z += weights[j] * xs[i][j];
      }
      double guess = 1 / (1 + Math.exp(-z));
      loss -= Math.log(ys[i] == 1 ? guess : 1 - guess) / rows;
      for (int j = 0; j < columns; j++) {
        gradient[j] += (guess - ys[i]) * xs[i][j] / rows;
      }
    }
    for (int j = 0; j < columns; j++) {
      weights[j] -= 0.1 * gradient[j];
    }
  }
  return loss;
}"""
TRAINING = "train(370_000)"


def measure_proof(product):
    for jdk, home in product.java_homes.items():
        yield beside_nbconvert(product, jdk, home)
    for jdk, home in product.java_homes.items():
        yield beside_plain_java(product, jdk, home)
    yield hundred(product)


def beside_nbconvert(product, jdk, home):
    """The training example, its data and its jars at hand for both."""
    folder = product.path("nbconvert-jdk" + jdk)
    shutil.copytree(os.path.join(product.root, "notebooks", EXAMPLES["penguins"]), folder)
    kernels = product.path("jupyter-" + jdk)
    spec = os.path.join(kernels, "kernels", "reprise-java")
    os.makedirs(spec)
    with open(os.path.join(spec, "kernel.json"), "w") as file:
        json.dump({"argv": product.unrecorded(jdk), "display_name": "Java", "language": "java"},
                  file)
    run = recorded(product, folder, home)
    say("replaying it %d times, and executing it as often by nbconvert" % (NBCONVERT_ROUNDS + 1))
    replays, executions = [], []
    for turn in range(NBCONVERT_ROUNDS + 1):
        replay = seconds(lambda: replayed(product, run, home))
        execution = seconds(lambda: product.output(
            ["/usr/bin/python3", "-W", "ignore", "/usr/bin/jupyter-nbconvert", "--to", "notebook",
             "--execute", notebook_of(folder), "--output", "executed.ipynb", "--output-dir",
             product.path("executed")], folder, {"JUPYTER_PATH": kernels, "JAVA_HOME": home}))
        if turn > 0:
            replays.append(replay)
            executions.append(execution)
    return Figure("replay-beside-nbconvert-jdk" + jdk, median_millis(replays), "ms", 0.8,
                  median_millis(executions), "nbconvert unrecorded",
                  "median of %d each" % NBCONVERT_ROUNDS)


def beside_plain_java(product, jdk, home):
    folder = product.path("training-jdk" + jdk)
    os.makedirs(folder)
    with open(os.path.join(folder, "training.ipynb"), "w") as file:
        json.dump(of_cells(TRAIN, TRAINING), file)
    with open(os.path.join(folder, "Plain.java"), "w") as file:
        file.write("class Plain {\nstatic %s\npublic static void main(String[] a) {\n"
                   "System.out.println(%s);\n}\n}\n" % (TRAIN, TRAINING))
    product.output([os.path.join(home, "bin", "javac"), "Plain.java"], folder, {})
    say("recording a training cell of a minute on JDK %s" % jdk)
    run = recorded(product, folder, home)
    say("replaying it %d times, and running it as plain Java as often" % TRAINING_ROUNDS)
    replays, plain = [], []
    for _ in range(TRAINING_ROUNDS):
        replays.append(seconds(lambda: replayed(product, run, home)))
        plain.append(seconds(lambda: product.output(
            [os.path.join(home, "bin", "java"), "-cp", folder, "Plain"], folder, {})))
    return Figure("replay-beside-plain-java-jdk" + jdk, median_millis(replays), "ms", 1.05,
                  median_millis(plain), "plain java", "median of %d each" % TRAINING_ROUNDS)


def hundred(product):
    """Each example's runs of each JDK in turns, asked for by a command on either JDK."""
    homes = product.java_homes
    runs = []
    for (name, example), (jdk, home) in itertools.product(EXAMPLES.items(), homes.items()):
        folder = product.path("hundred-%s-%s" % (name, jdk))
        shutil.copytree(os.path.join(product.root, "notebooks", example), folder)
        runs.append(recorded(product, folder, home))
    say("replaying the examples %d times" % REPLAYS)
    askers = itertools.cycle(itertools.chain.from_iterable(
        [home] * len(runs) for home in homes.values()))
    verdicts = []
    for run, home in zip(itertools.islice(itertools.cycle(runs), REPLAYS), askers):
        answer = subprocess.run(
            [product.command, "replay", run, "--json"], capture_output=True, text=True,
            env={**product.environment, "JAVA_HOME": home}, cwd=product.folder, timeout=600)
        verdict = json.loads(answer.stdout)["verdict"]
        verdicts.append(verdict)
        if verdict != "IDENTICAL":
            say("%s of run %s: %s" % (verdict, run, answer.stdout.strip()))
    return Figure("replays-identical", verdicts.count("IDENTICAL"), "of %d" % REPLAYS, REPLAYS,
                  counted="%d examples recorded on JDK %s" % (
                      len(EXAMPLES), " and ".join(homes)), at_least=True)


def recorded(product, folder, home):
    answer = product.run("run", notebook_of(folder), "--json", cwd=folder, JAVA_HOME=home)
    return json.loads(answer)["run"]


def notebook_of(folder):
    return glob.glob(os.path.join(folder, "*.ipynb"))[0]


def replayed(product, run, home):
    verdict = json.loads(product.run("replay", run, "--json", JAVA_HOME=home))["verdict"]
    if verdict != "IDENTICAL":
        raise SystemExit("The replay is " + verdict)


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
