"""Runs a function in its process, in place of Lambda's init and Python runtime. Standard library only.

It loads the handler, tells LocalStack that it is ready, and takes one invocation at a time over HTTP. Handlers run
in the main thread, as on AWS. Started by executor.py with -I -S.
"""

from __future__ import annotations

import http.client
import importlib
import io
import json
import os
import queue
import signal
import socket
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, TextIO
from urllib.parse import urlsplit

_TIMEOUT_S = float(os.environ.get("AWS_LAMBDA_FUNCTION_TIMEOUT", "3"))
_MEMORY_MB = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
_VERSION = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")


class LocalStack:
    """LocalStack's endpoint, which receives a function's results. One keep-alive connection per thread."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._local = threading.local()

    def post(self, path: str, body: str) -> None:
        """Retries once over a new connection if the kept one was stale."""
        for attempt in (1, 2):
            connection = self._connection()
            try:
                headers = {"Content-Type": "application/json"}
                connection.request("POST", self._parts.path + path, body.encode(), headers)
                connection.getresponse().read()
                return
            except (http.client.HTTPException, OSError):
                connection.close()
                self._local.connection = None
                if attempt == 2:
                    raise

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if found is None:
            found = http.client.HTTPConnection(self._parts.hostname or "", self._parts.port, timeout=30)
            found.connect()
            found.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._local.connection = found
        return found


class Context:
    """A handler's second argument.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME", "")
    log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME", "")
    function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")
    function_version = _VERSION
    memory_limit_in_mb = _MEMORY_MB
    identity = client_context = None

    def __init__(self, request_id: str, arn: str) -> None:
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self._ends_at = time.monotonic() + _TIMEOUT_S

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._ends_at - time.monotonic()) * 1000))


class Tee(io.TextIOBase):
    """An output stream that is also recorded for the invocation's log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.kept: io.StringIO | None = None

    def write(self, text: str) -> int:
        if self.kept is not None:
            self.kept.write(text)
        return self._stream.write(text)

    def flush(self) -> None:
        self._stream.flush()


class Invocation:
    """One run of the handler; its outcome is reported exactly once, by itself or by its timeout."""

    def __init__(self, worker: Worker, message: dict[str, Any]) -> None:
        self.worker = worker
        self.message = message
        self.id: str = message["invoke-id"]
        self._printed = io.StringIO()
        self._began = time.perf_counter()
        self._told = threading.Lock()

    def run(self, handler: Any) -> None:
        if self.message.get("trace-id"):
            os.environ["_X_AMZN_TRACE_ID"] = self.message["trace-id"]
        for stream in self.worker.streams:
            stream.kept = self._printed
        limit = threading.Timer(_TIMEOUT_S, self._time_out)
        limit.daemon = True
        limit.start()
        try:
            event = json.loads(self.message["payload"] or "null")
            result = handler(event, Context(self.id, self.message["invoked-function-arn"]))
            kind, body = "response", json.dumps(result)
        except BaseException as error:  # whatever a handler raises is its answer
            self._printed.write(f"[ERROR] {''.join(traceback.format_exception(error))}")
            kind, body = "error", json.dumps(described(error) | {"requestId": self.id})
        limit.cancel()
        for stream in self.worker.streams:
            stream.kept = None
        self._tell(kind, body)

    def _time_out(self) -> None:
        said = f"RequestId: {self.id} Error: Task timed out after {_TIMEOUT_S:.2f} seconds"
        self._tell("error", json.dumps({"errorType": "Sandbox.Timedout", "errorMessage": said}))
        os._exit(1)

    def _tell(self, kind: str, body: str) -> None:
        if not self._told.acquire(blocking=False):
            return
        ms = (time.perf_counter() - self._began) * 1000
        report = (
            f"START RequestId: {self.id} Version: {_VERSION}\n{self._printed.getvalue()}END RequestId: {self.id}\n"
            f"REPORT RequestId: {self.id}\tDuration: {ms:.2f} ms\tBilled Duration: {int(ms) + 1} ms\t"
            f"Memory Size: {_MEMORY_MB} MB\tMax Memory Used: {_MEMORY_MB} MB\t\n"
        )
        self.worker.localstack.post(f"/invocations/{self.id}/logs", json.dumps({"logs": report}))
        self.worker.localstack.post(f"/invocations/{self.id}/{kind}", body)


class Worker:
    """The process: its handler, its queue, its connection to LocalStack."""

    def __init__(self) -> None:
        self.localstack = LocalStack(os.environ["LOCALSTACK_RUNTIME_ENDPOINT"])
        self.streams = (Tee(sys.stdout), Tee(sys.stderr))
        self.waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        self._id = os.environ["LOCALSTACK_RUNTIME_ID"]

    def serve(self) -> None:
        """Never returns: loads the handler, then runs invocations. Exits with 1 if the handler can't be loaded."""
        sys.stdout, sys.stderr = self.streams
        try:
            handler = load_handler(os.environ["_HANDLER"])
            server = HTTPServer(("127.0.0.1", int(os.environ["WORKER_PORT"])), receiver(self.waiting))
        except BaseException as error:  # an import may raise anything
            traceback.print_exc()
            self.localstack.post(f"/status/{self._id}/error", json.dumps(described(error)))
            sys.exit(1)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 3600}, daemon=True).start()
        threading.Thread(target=end_with_parent, daemon=True).start()
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        self.localstack.post(f"/status/{self._id}/ready", "")
        while True:
            Invocation(self, self.waiting.get()).run(handler)


def receiver(waiting: queue.Queue[dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    """The class that accepts invocations from LocalStack and queues them."""

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            waiting.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """LocalStack logs every invocation already."""

    return Receiver


def load_handler(name: str) -> Any:
    """The handler named as module.function, with the task's folder and the layers first on the path."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    paths = [os.environ["LAMBDA_TASK_ROOT"]]
    for layer in filter(None, os.environ.get("WORKER_LAYERS", "").split(os.pathsep)):
        paths += [f"{layer}/python", f"{layer}/python/lib/{version}/site-packages", layer]
    sys.path[:0] = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module.replace("/", ".")), function)


def described(error: BaseException) -> dict[str, Any]:
    """An error in Lambda's form."""
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": "",
        "stackTrace": traceback.format_tb(error.__traceback__),
    }


def end_with_parent() -> None:
    """Ends the worker with the LocalStack that started it."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    Worker().serve()
