"""A small real webhook that records updates and answers as a test decides."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
OK: Answer = (200, {}, b"")


@dataclass
class Receiver:
    """A webhook on a free port, as a context manager. `decide` returns the answer to an update; it may block."""

    decide: Callable[[dict[str, Any]], Answer] = lambda _: OK
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # noqa: N802 - the base class wants this name
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with receiver.changed:
                    receiver.updates.append(body)
                    receiver.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
                    receiver.changed.notify_all()
                status, headers, answer = receiver.decide(body)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The webhook's address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/telegram/webhook"

    def wait_for(self, count: int, timeout_s: float = 60.0) -> list[dict[str, Any]]:
        """The updates so far, once there are `count` of them."""
        with self.changed:
            reached = self.changed.wait_for(lambda: len(self.updates) >= count, timeout_s)
            assert reached, f"{len(self.updates)} of {count} updates within {timeout_s} s"  # noqa: S101
            return list(self.updates)


def answering(method: str, **params: Any) -> Answer:
    """An answer that calls a method."""
    body = json.dumps({"method": method, **params}).encode()
    return 200, {"Content-Type": "application/json"}, body
