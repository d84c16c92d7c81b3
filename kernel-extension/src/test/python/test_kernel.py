"""The installed kernel, driven by a real Jupyter client through the whole protocol."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest
from queue import Empty

import nbformat
import zmq
from jupyter_client import KernelManager
from nbclient import NotebookClient

NAME = "reprise-java"
PATIENCE = 60


class Session:
    """A kernel and a client of it."""

    def __init__(self):
        self.manager = KernelManager(kernel_name=NAME)
        self.manager.start_kernel(stderr=subprocess.PIPE)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def reply(self, request, channel="shell", timeout=PATIENCE):
        get = {
            "shell": self.client.get_shell_msg,
            "control": self.client.get_control_msg,
        }[channel]
        end = time.time() + timeout
        while True:
            message = get(timeout=max(0.1, end - time.time()))
            if message["parent_header"].get("msg_id") == request:
                return message

    def published(self, request, timeout=PATIENCE):
        """All that is published for a request, up to its idle."""
        messages = []
        end = time.time() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, end - time.time()))
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages

    def run(self, code, timeout=PATIENCE, **options):
        request = self.send(code, **options)
        published = self.published(request, timeout)
        return Ran(self.reply(request), published)


class Ran:
    """An execution as the client saw it."""

    def __init__(self, reply, published):
        self.reply = reply["content"]
        self.published = published

    def of(self, kind):
        return [m["content"] for m in self.published if m["msg_type"] == kind]

    def text(self, name="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    def result(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None


class Protocol(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = Session()

    @classmethod
    def tearDownClass(cls):
        cls.session.close()

    def run_code(self, code, **options):
        return self.session.run(code, **options)

    def ask(self, name, **arguments):
        client = self.session.client
        return self.session.reply(getattr(client, name)(**arguments))["content"]

    def test_kernel_info_describes_java(self):
        info = self.session.reply(self.session.client.kernel_info())["content"]
        self.assertEqual(info["status"], "ok")
        self.assertTrue(info["protocol_version"].startswith("5."))
        self.assertEqual(info["language_info"]["name"].lower(), "java")
        self.assertEqual(info["language_info"]["file_extension"], ".jshell")
        self.assertIn("mimetype", info["language_info"])
        self.assertIn("Reprise", info["banner"])

    def test_execute_publishes_in_order_with_parents(self):
        ran = self.run_code('System.out.println("hi"); 6 * 7')
        kinds = [m["msg_type"] for m in ran.published]
        self.assertEqual(kinds, ["status", "execute_input", "stream", "execute_result", "status"])
        self.assertEqual(ran.result(), "42")
        self.assertEqual(ran.reply["status"], "ok")
        self.assertEqual(ran.reply["execution_count"], ran.of("execute_result")[0]["execution_count"])
        self.assertEqual(ran.of("execute_input")[0]["code"], 'System.out.println("hi"); 6 * 7')

    def test_execution_count_rises_only_for_loud_cells(self):
        first = self.run_code("1").reply["execution_count"]
        silent = self.run_code("2", silent=True)
        self.assertEqual(silent.of("execute_input"), [])
        self.assertEqual(silent.of("execute_result"), [])
        self.assertEqual(silent.reply["status"], "ok")
        self.assertEqual(self.run_code("3").reply["execution_count"], first + 1)

    def test_silent_keeps_its_effects(self):
        self.run_code("int hidden = 12;", silent=True)
        self.assertEqual(self.run_code("hidden").result(), "12")

    def test_error_is_published_and_replied(self):
        ran = self.run_code('throw new IllegalStateException("no");')
        error = ran.of("error")[0]
        self.assertEqual(ran.reply["status"], "error")
        self.assertEqual(error["ename"], "java.lang.IllegalStateException")
        self.assertEqual(error["evalue"], "no")
        self.assertEqual(ran.reply["ename"], error["ename"])
        self.assertTrue(any("line 1" in line for line in error["traceback"]))

    def test_failure_aborts_what_waits(self):
        requests = [
            self.session.send("Thread.sleep(500); throw new RuntimeException();"),
            self.session.send("1 + 1"),
        ]
        replies = [self.session.reply(r)["content"]["status"] for r in requests]
        self.assertEqual(replies, ["error", "aborted"])
        self.session.published(requests[1])
        self.assertEqual(self.run_code("5").result(), "5")

    def test_failure_that_is_known_does_not_abort_the_next_cell(self):
        for i in range(25):
            failing = self.session.send("throw new RuntimeException();")
            self.session.reply(failing)
            self.assertEqual(self.run_code(f"{i} + 0").reply["status"], "ok")

    def test_failure_does_not_abort_if_not_wanted(self):
        requests = [
            self.session.send("Thread.sleep(500); throw new RuntimeException();", stop_on_error=False),
            self.session.send("1 + 1"),
        ]
        replies = [self.session.reply(r)["content"]["status"] for r in requests]
        self.assertEqual(replies, ["error", "ok"])
        self.session.published(requests[1])

    def test_user_expressions_are_evaluated(self):
        ran = self.run_code("int base = 20;", user_expressions={"good": "base + 1", "bad": "nothing"})
        values = ran.reply["user_expressions"]
        self.assertEqual(values["good"]["data"]["text/plain"], "21")
        self.assertEqual(values["good"]["status"], "ok")
        self.assertEqual(values["bad"]["status"], "error")

    def test_output_streams_while_the_cell_runs(self):
        request = self.session.send(
            'for (int i = 0; i < 3; i++) { System.out.println(i); Thread.sleep(400); }'
        )
        arrived = []
        while True:
            message = self.session.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                arrived.append(time.time())
            if message["content"].get("execution_state") == "idle":
                ended = time.time()
                break
        self.session.reply(request)
        self.assertEqual(len(arrived), 3)
        self.assertGreater(ended - arrived[0], 0.9)

    def test_stderr_is_a_stream_of_its_own(self):
        ran = self.run_code('System.err.print("bad"); System.out.print("good");')
        self.assertEqual((ran.text("stderr"), ran.text("stdout")), ("bad", "good"))

    def test_flood_of_small_prints_becomes_few_messages(self):
        ran = self.run_code("for (int i = 0; i < 100_000; i++) System.out.println(i);")
        self.assertEqual(ran.text().count("\n"), 100_000)
        self.assertLess(len(ran.of("stream")), 200)

    def test_stdin_is_asked_for(self):
        client = self.session.client
        request = client.execute(
            "String typed = new Scanner(System.in).nextLine(); typed", allow_stdin=True
        )
        question = client.get_stdin_msg(timeout=PATIENCE)
        self.assertEqual(question["msg_type"], "input_request")
        self.assertEqual(question["parent_header"]["msg_id"], request)
        self.assertFalse(question["content"]["password"])
        client.input("grüße")
        ran = Ran(self.session.reply(request), self.session.published(request))
        self.assertEqual(ran.result(), "grüße")

    def test_stdin_password_is_marked(self):
        client = self.session.client
        code = (
            "org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel() != null"
            ' ? io.github.spencerpark.ijava.runtime.Kernel.password("Secret: ") : ""'
        )
        request = client.execute(code, allow_stdin=True)
        question = client.get_stdin_msg(timeout=PATIENCE)
        self.assertTrue(question["content"]["password"])
        self.assertEqual(question["content"]["prompt"], "Secret: ")
        client.input("hush")
        ran = Ran(self.session.reply(request), self.session.published(request))
        self.assertEqual(ran.result(), "hush")

    def test_stdin_that_is_not_allowed_is_at_its_end(self):
        ran = self.run_code("System.in.read()", allow_stdin=False)
        self.assertEqual(ran.result(), "-1")

    def test_interrupt_while_waiting_for_a_line(self):
        client = self.session.client
        request = client.execute("new Scanner(System.in).nextLine()", allow_stdin=True)
        client.get_stdin_msg(timeout=PATIENCE)
        self.session.manager.interrupt_kernel()
        self.assertEqual(self.session.reply(request)["content"]["status"], "error")
        self.session.published(request)
        self.test_stdin_is_asked_for()

    def interrupted(self, code):
        request = self.session.send(code)
        time.sleep(0.7)
        start = time.time()
        self.session.manager.interrupt_kernel()
        reply = self.session.reply(request, timeout=10)["content"]
        self.session.published(request)
        self.assertEqual(reply["status"], "error")
        self.assertEqual(reply["ename"], "Interrupted")
        return time.time() - start

    def test_interrupt_ends_cells_and_spares_the_session(self):
        self.run_code("int spared = 3;")
        self.assertLess(self.interrupted("while (true) { spared = 3; }"), 2)
        self.assertLess(self.interrupted("Thread.sleep(100_000);"), 2)
        self.assertLess(
            self.interrupted("LongStream.iterate(0, i -> i + 1).map(i -> i * 2).filter(i -> i < 0).findFirst()"), 2
        )
        self.assertEqual(self.run_code("spared").result(), "3")

    def test_interrupt_request_is_answered_on_control_while_a_cell_runs(self):
        client = self.session.client
        request = self.session.send("while (true) {}")
        time.sleep(0.5)
        message = client.session.msg("interrupt_request", {})
        client.control_channel.send(message)
        reply = self.session.reply(message["header"]["msg_id"], "control", timeout=5)
        self.assertEqual(reply["msg_type"], "interrupt_reply")
        self.assertEqual(self.session.reply(request)["content"]["status"], "error")
        self.session.published(request)

    def test_signal_interrupts_too(self):
        request = self.session.send("while (true) {}")
        time.sleep(0.7)
        self.session.manager.provisioner.process.send_signal(signal.SIGINT)
        self.assertEqual(self.session.reply(request, timeout=10)["content"]["ename"], "Interrupted")
        self.session.published(request)

    def test_complete_offers_members(self):
        self.run_code('String word = "abc";')
        reply = self.ask("complete", code="int n = 1;\nword.subs", cursor_pos=20)
        self.assertTrue(any(m.startswith("substring(") for m in reply["matches"]), reply)
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (16, 20))
        magics = self.ask("complete", code="%mav", cursor_pos=4)
        self.assertIn("%maven", magics["matches"])

    def test_complete_counts_characters_not_code_units(self):
        code = 'String s = "𝄞𝄞"; s.isEmp'
        reply = self.ask("complete", code=code, cursor_pos=len(code))
        self.assertEqual((reply["cursor_start"], reply["cursor_end"]), (len(code) - 5, len(code)))

    def test_inspect_shows_signature(self):
        reply = self.ask("inspect", code="String.valueOf(1)", cursor_pos=10)
        self.assertTrue(reply["found"])
        self.assertIn("valueOf", reply["data"]["text/plain"])
        self.assertFalse(self.ask("inspect", code="+++", cursor_pos=1)["found"])

    def test_is_complete_knows_four_answers(self):
        self.assertEqual(self.ask("is_complete", code="int x = 1;")["status"], "complete")
        open_brace = self.ask("is_complete", code="for (int i = 0; i < 3; i++) {")
        self.assertEqual(open_brace, {"status": "incomplete", "indent": "    "})
        self.assertEqual(self.ask("is_complete", code="int x = 3) + (")["status"], "invalid")
        self.assertEqual(self.ask("is_complete", code="%maven a:b:1")["status"], "complete")

    def test_history_tail_range_and_search(self):
        count = self.run_code('"needle one"').reply["execution_count"]
        self.run_code('"needle two"')
        self.run_code('"not stored"', store_history=False)
        tail = self.ask("history", hist_access_type="tail", n=2)["history"]
        self.assertEqual([e[2] for e in tail], ['"needle one"', '"needle two"'])
        ranged = self.ask("history", hist_access_type="range", session=0, start=count, stop=count + 1)
        self.assertEqual([e[1:] for e in ranged["history"]], [[count, '"needle one"']])
        found = self.ask("history", hist_access_type="search", pattern="*needle t*", n=5, unique=True)
        self.assertEqual([e[2] for e in found["history"]], ['"needle two"'])

    def test_display_update_and_clear(self):
        ran = self.run_code(
            'String d = display("<i>1</i>", "text/html"); updateDisplay(d, "2");'
        )
        shown, updated = ran.of("display_data")[0], ran.of("update_display_data")[0]
        self.assertEqual(shown["data"]["text/html"], "<i>1</i>")
        self.assertEqual(shown["transient"]["display_id"], updated["transient"]["display_id"])

    def test_comms_open_talk_and_close(self):
        self.run_code(
            """
            import org.dflib.jjava.jupyter.kernel.comm.*;
            import org.dflib.jjava.jupyter.kernel.BaseKernel;
            StringBuilder heard = new StringBuilder();
            class Listening extends Comm {
              Listening(CommManager m, String id, String target) { super(m, id, target); }
              protected void onMessage(org.dflib.jjava.jupyter.messages.Message<org.dflib.jjava.jupyter.messages.comm.CommMsgCommand> m) { heard.append("m"); }
              protected void onClose(org.dflib.jjava.jupyter.messages.Message<org.dflib.jjava.jupyter.messages.comm.CommCloseCommand> m, boolean sending) { heard.append("c"); }
            }
            BaseKernel.notebookKernel().getCommManager().registerTarget("ours", (m, id, target, msg) -> new Listening(m, id, target));
            """
        )
        client = self.session.client

        def say(kind, **content):
            message = client.session.msg(kind, dict(content, comm_id="abc", data={"x": 1}))
            client.shell_channel.send(message)
            return self.session.published(message["header"]["msg_id"])

        say("comm_open", target_name="ours")
        info = self.session.reply(client.comm_info())["content"]["comms"]
        self.assertEqual(info, {"abc": {"target_name": "ours"}})
        say("comm_msg")
        say("comm_close")
        self.assertEqual(self.run_code("heard").result(), "mc")
        unknown = say("comm_open", target_name="nobody")
        self.assertIn("comm_close", [m["msg_type"] for m in unknown])

    def test_unknown_requests_do_no_harm(self):
        client = self.session.client
        client.shell_channel.send(client.session.msg("debug_request", {"type": "request"}))
        client.control_channel.send(client.session.msg("no_such_request", {}))
        self.assertEqual(self.run_code("8").result(), "8")

    def test_garbage_does_no_harm(self):
        info = self.session.manager.get_connection_info()
        context = zmq.Context()
        for port in ("shell_port", "control_port"):
            socket = context.socket(zmq.DEALER)
            socket.connect(f"tcp://127.0.0.1:{info[port]}")
            socket.send(b"garbage")
            socket.send_multipart([b"<IDS|MSG>", b"wrong", b"{}", b"{}", b"{}", b"{}"])
            socket.send_multipart([b"<IDS|MSG>", b"", b"[", b"]", b"x", b"\xff"])
            time.sleep(0.2)
            socket.close(linger=0)
        context.term()
        ran = self.run_code("9")
        self.assertEqual((ran.result(), ran.text("stderr")), ("9", ""))

    def test_heartbeat_answers_while_a_cell_runs(self):
        request = self.session.send("Thread.sleep(1500);")
        self.assertTrue(self.session.client.hb_channel.is_alive())
        time.sleep(1)
        self.assertTrue(self.session.client.hb_channel.is_beating())
        self.session.published(request)
        self.session.reply(request)

    def test_two_hundred_megabytes_arrive(self):
        request = self.session.send(
            'String line = "x".repeat(199); for (int i = 0; i < 1_000_000; i++) System.out.println(line);'
        )
        size = 0
        while True:
            message = self.session.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                size += len(message["content"]["text"])
            if message["content"].get("execution_state") == "idle":
                break
        self.session.reply(request)
        self.assertEqual(size, 200_000_000)
        self.assertEqual(self.run_code("10").result(), "10")


class Life(unittest.TestCase):
    """Kernels that begin and end."""

    def setUp(self):
        self.session = Session()
        self.addCleanup(self.session.close)

    def ended(self):
        end = time.time() + 10
        while time.time() < end:
            if not self.session.manager.is_alive():
                return True
            time.sleep(0.05)
        return False

    def test_shutdown_is_answered_even_while_a_cell_runs(self):
        self.session.send("while (true) {}")
        time.sleep(0.5)
        client = self.session.client
        message = client.session.msg("shutdown_request", {"restart": False})
        client.control_channel.send(message)
        reply = self.session.reply(message["header"]["msg_id"], "control", timeout=5)
        self.assertEqual(reply["content"], {"status": "ok", "restart": False})
        self.assertTrue(self.ended())

    def test_restart_forgets(self):
        self.session.run("int forgotten = 1;")
        self.session.manager.restart_kernel()
        self.session.client.wait_for_ready(timeout=PATIENCE)
        self.assertEqual(self.session.run("forgotten").reply["status"], "error")
        self.assertEqual(self.session.run("1 + 1").result(), "2")

    def test_killed_kernel_is_noticed(self):
        self.session.send("while (true) {}")
        time.sleep(0.3)
        os.kill(self.session.manager.provisioner.process.pid, signal.SIGKILL)
        self.assertTrue(self.ended())

    def test_exit_in_a_cell_ends_the_kernel(self):
        self.session.send('System.out.println("bye"); System.exit(3);')
        self.assertTrue(self.ended())
        said = ""
        try:
            while True:
                message = self.session.client.get_iopub_msg(timeout=0.5)
                said += message["content"].get("text", "")
        except Empty:
            pass
        self.assertEqual(said, "bye\n")

    def test_user_threads_do_not_keep_the_kernel_alive(self):
        self.session.run("new Thread(() -> { while (true) {} }).start();")
        self.session.client.shutdown()
        self.assertTrue(self.ended())


class Start(unittest.TestCase):
    """Bad connection files."""

    def start(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "connection.json")
            if text is not None:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            argv = KernelManager(kernel_name=NAME).kernel_spec.argv
            command = [path if a == "{connection_file}" else a for a in argv]
            return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    def test_malformed_connection_file_is_one_sentence(self):
        for text in ("{", "[]", "{}", "", None, '{"transport":"tcp","ip":"127.0.0.1"}'):
            with self.subTest(text=text):
                done = self.start(text)
                self.assertEqual(done.returncode, 2)
                self.assertIn("connection file", done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)


class Notebooks(unittest.TestCase):
    def test_notebook_executes_and_validates(self):
        notebook = nbformat.v4.new_notebook()
        sources = [
            "import java.util.function.*;\nint n = 10;",
            "record Point(int x, int y) {}\nnew Point(n, 2)",
            "System.out.println(n); display(\"shown\"); n * 2",
            "%%bash\necho from bash",
            "throw new RuntimeException(\"on purpose\");",
        ]
        notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook.cells[-1].metadata["tags"] = ["raises-exception"]
        NotebookClient(notebook, kernel_name=NAME, timeout=PATIENCE).execute()
        nbformat.validate(notebook)
        outputs = [[o["output_type"] for o in cell.outputs] for cell in notebook.cells]
        self.assertEqual(
            outputs,
            [[], ["execute_result"], ["stream", "display_data", "execute_result"], ["stream"], ["error"]],
        )
        self.assertEqual(notebook.metadata.kernelspec.name, NAME) if "kernelspec" in notebook.metadata else None
        self.assertEqual(json.loads(nbformat.writes(notebook))["nbformat"], 4)


if __name__ == "__main__":
    unittest.main()
