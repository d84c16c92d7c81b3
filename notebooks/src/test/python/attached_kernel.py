"""Plays cells in a kernel and prints what each shows, as JSON; stderr is the kernel's own.

A cell that prints "interrupt me" is."""

import json
import os
import sys

from jupyter_client import KernelManager

PATIENCE = 60
READY = 20
TRIES = 6


def started(kernel, notebook):
    """Some kernels do not become ready after some starts, recorded or not."""
    for _ in range(TRIES):
        manager = KernelManager(kernel_name=kernel)
        manager.start_kernel(env={**os.environ, "REPRISE_NOTEBOOK": notebook},
                             cwd=os.path.dirname(notebook), stdout=sys.stderr.fileno())
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=READY)
            return manager, client
        except RuntimeError:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    raise SystemExit("The kernel never answers: " + kernel)


def main(kernel, notebook, cells):
    manager, client = started(kernel, notebook)
    seen = []
    for code in json.loads(cells):
        outputs = []

        def hear(message):
            if message["content"].get("text", "").startswith("interrupt me"):
                manager.interrupt_kernel()
            if message["msg_type"] not in ("status", "execute_input"):
                outputs.append({"type": message["msg_type"], **message["content"]})

        reply = client.execute_interactive(
            code, allow_stdin=False, stop_on_error=False, timeout=PATIENCE, output_hook=hear)
        seen.append({"status": reply["content"]["status"], "outputs": outputs})
    client.stop_channels()
    manager.shutdown_kernel(now=False)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
