"""Plays what people do in notebooks: [notebook, cell id, code], or [notebook, null, "restart"]."""

import json
import os
import sys

from jupyter_client import KernelManager

PATIENCE = 60


class Session:
    def __init__(self, kernel, notebook):
        environment = {**os.environ, "REPRISE_NOTEBOOK": notebook}
        self.manager = KernelManager(kernel_name=kernel)
        self.manager.start_kernel(env=environment, cwd=os.path.dirname(notebook))
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def restart(self):
        self.client.stop_channels()
        self.manager.restart_kernel(now=False)
        self.connect()

    def execute(self, cell, code):
        """Says which cell it is as JupyterLab does, which this client has no argument for."""
        content = {"code": code, "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell})
        self.client.shell_channel.send(message)
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)


def main(kernel, script):
    sessions = {}
    for notebook, cell, code in json.loads(script):
        if notebook not in sessions:
            sessions[notebook] = Session(kernel, notebook)
        if cell is None:
            sessions[notebook].restart()
        else:
            sessions[notebook].execute(cell, code)
    for session in sessions.values():
        session.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
