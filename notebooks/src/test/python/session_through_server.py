"""Opens a notebook's session through a real Jupyter server, as its pages do, and runs one cell."""

import json
import os
import re
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


def main(kernel, folder, notebook):
    server = subprocess.Popen(
        [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1",
         "--port=0", "--NotebookApp.token=secret", "--notebook-dir=" + folder],
        cwd=folder, stderr=subprocess.PIPE, text=True,
    )
    try:
        url = None
        for line in server.stderr:
            found = re.search(r"(http://127\.0\.0\.1:\d+/)", line)
            if found:
                url = found.group(1)
                break
        body = {"path": notebook, "type": "notebook", "name": "", "kernel": {"name": kernel}}
        session = ask(url + "api/sessions", "secret", body)
        runtime = os.environ["JUPYTER_RUNTIME_DIR"]
        client = BlockingKernelClient(
            connection_file=os.path.join(runtime, "kernel-%s.json" % session["kernel"]["id"])
        )
        client.load_connection_file()
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
