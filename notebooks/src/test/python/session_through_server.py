"""Opens a notebook's session through a real Jupyter server, as its pages do, and runs one cell."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

from jupyter_client import BlockingKernelClient


def ask(url, token, body=None, method=None):
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "token " + token, "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_server(url, server):
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("the Jupyter server ended at once")
        try:
            return ask(url + "api/status", "secret")
        except OSError:
            time.sleep(0.1)
    sys.exit("the Jupyter server does not answer")


def main(kernel, folder, notebook):
    port = free_port()
    url = "http://127.0.0.1:%d/" % port
    server = subprocess.Popen(
        [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1",
         "--port=%d" % port, "--NotebookApp.token=secret", "--notebook-dir=" + folder],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        await_server(url, server)
        body = {"path": notebook, "type": "notebook", "name": "", "kernel": {"name": kernel}}
        session = ask(url + "api/sessions", "secret", body)
        runtime = os.environ["JUPYTER_RUNTIME_DIR"]
        client = BlockingKernelClient(
            connection_file=os.path.join(runtime, "kernel-%s.json" % session["kernel"]["id"])
        )
        client.load_connection_file()
        # Without a manager the client takes one late heartbeat for death; a busy machine is late.
        client.hb_channel.time_to_dead = 30
        client.start_channels()
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive("int seen = 1;", timeout=60)
        assert reply["content"]["status"] == "ok", reply
        client.stop_channels()
        ask(url + "api/sessions/" + session["id"], "secret", method="DELETE")
        time.sleep(1)
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main(*sys.argv[1:])
