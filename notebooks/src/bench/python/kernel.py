"""A kernel and the Jupyter client that speaks with it."""

import os
import queue
import subprocess
import tempfile
import time

import zmq.asyncio
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from product import say

PATIENCE = 10
TRIES = 6


class NotReady(Exception):
    """The kernel did not answer in time."""


class Kernel:
    def __init__(self, product, argv, folder):
        """Starts the process; returns before it can answer."""
        # Jupyter's own client would try to connect every 100 ms, too coarse to time a start with.
        self.context = zmq.asyncio.Context()
        self.context.setsockopt(zmq.RECONNECT_IVL, 2)
        self.connection, _ = write_connection_file(
            os.path.join(tempfile.mkdtemp(dir=product.folder), "kernel.json"))
        environment = {**product.environment, "JPY_SESSION_NAME": os.path.join(folder, "b.ipynb")}
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [word.replace("{connection_file}", self.connection) for word in argv],
            env=environment, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = BlockingKernelClient(
            connection_file=self.connection, context=self.context)
        self.client.load_connection_file()
        self.client.start_channels(hb=False)

    def first_result(self, code):
        """Seconds from the start of the process to the answer to its first cell."""
        self.answer(self.client.execute(code), PATIENCE)
        return time.perf_counter() - self.began

    def execute(self, code, patience=120):
        """Seconds until the client has the reply and knows that the kernel is idle again."""
        began = time.perf_counter()
        message = self.client.execute(code)
        self.answer(message, patience)
        while True:
            seen = self.client.get_iopub_msg(timeout=patience)
            if (seen["parent_header"].get("msg_id") == message
                    and seen["content"].get("execution_state") == "idle"):
                return time.perf_counter() - began

    def answer(self, message, patience):
        until = time.monotonic() + patience
        try:
            while True:
                reply = self.client.get_shell_msg(timeout=max(0, until - time.monotonic()))
                if reply["parent_header"].get("msg_id") == message:
                    break
        except queue.Empty:
            raise NotReady() from None
        if reply["content"]["status"] != "ok":
            raise SystemExit("A cell failed: %s" % reply["content"])

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        try:
            self.client.shutdown()
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.client.stop_channels()
        self.context.destroy(linger=0)


def first_result(product, argv, folder, code):
    """Starts a kernel until it answers, for some never do, and ends it."""
    for _ in range(TRIES):
        with Kernel(product, argv, folder) as kernel:
            try:
                return kernel.first_result(code)
            except NotReady:
                say("%s was not ready after %d s, once more" % (os.path.basename(argv[-2]), PATIENCE))
    raise SystemExit("The kernel never answers: " + " ".join(argv))


def ready(product, argv, folder):
    """A kernel that has answered its first cell."""
    for _ in range(TRIES):
        kernel = Kernel(product, argv, folder)
        try:
            kernel.first_result("1 + 1")
            time.sleep(0.3)  # a subscriber may still be joining
            return kernel
        except NotReady:
            kernel.__exit__()
            say("%s was not ready after %d s, once more" % (os.path.basename(argv[-2]), PATIENCE))
    raise SystemExit("The kernel never answers: " + " ".join(argv))
