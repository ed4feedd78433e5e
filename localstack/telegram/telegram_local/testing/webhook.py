"""A small real webhook that records updates and answers as a test decides."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
OK: Answer = (200, {}, b"")


@dataclass
class Receiver:
    """A webhook on a free port, as a context manager. `decide` returns the answer to an update; it may block.

    Leaving the context waits for what `decide` has begun: nothing of one test acts in the next one.
    """

    decide: Callable[[dict[str, Any]], Answer] = lambda _: OK
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    _deciding: int = 0
    _left: bool = False

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # noqa: N802 - the base class wants this name
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                decided = receiver._decide(body, self.headers["X-Telegram-Bot-Api-Secret-Token"])
                if decided is None:
                    self.close_connection = True
                    return
                status, headers, answer = decided
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                with suppress(ConnectionError):  # Telegram has given the delivery up
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
        with self.changed:
            self._left = True
            assert self.changed.wait_for(lambda: not self._deciding, 60), "an update is still being decided"  # noqa: S101

    def _decide(self, update: dict[str, Any], secret: str | None) -> Answer | None:
        """The answer to an update; None once the context was left."""
        with self.changed:
            if self._left:
                return None
            self._deciding += 1
            self.updates.append(update)
            self.secrets.append(secret)
            self.changed.notify_all()
        try:
            return self.decide(update)
        finally:
            with self.changed:
                self._deciding -= 1
                self.changed.notify_all()

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
