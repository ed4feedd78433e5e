"""The bridge on requests as the server gives them: what is bounded, and how each ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from concurrent.futures import Future as Future_
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from tapstack_local.gateway.application import BODY_LIMIT
from tapstack_local.gateway.proxy import Environ
from tapstack_local.gateway.rsgi import Limits, RsgiBridge, ServedFile

Headers = list[tuple[str, str]]


class Future:
    """What the server answers for a body; `arrives` is called by the test."""

    def __init__(self) -> None:
        self._callback: Callable[[Any], None] | None = None
        self.value: Any = None
        self.cancelled = False

    def add_done_callback(self, callback: Callable[[Any], None], *, context: None) -> None:  # noqa: ARG002
        self._callback = callback

    def cancel(self) -> None:
        self.cancelled = True

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        raise self.value

    def arrives(self, value: Any) -> None:
        self.value = value
        assert self._callback
        self._callback(self)


class Proto:
    """The server's side of one request."""

    def __init__(self) -> None:
        self.futures: list[Future] = []
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.file = ""

    def __call__(self) -> Future:
        self.futures.append(Future())
        return self.futures[-1]

    def __aiter__(self) -> Proto:
        return self

    __anext__ = __call__

    def arrives(self, value: Any) -> None:
        self.futures[-1].arrives(value)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        assert not self.status, "two answers"
        self.status, self.headers, self.body = status, dict(headers), body

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        self.status, self.headers, self.file = status, dict(headers), file

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["error"]["code"])


class AtOnce(Executor):
    """Threads that have done everything before `submit` returns."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future_[Any]:
        work(*arguments, **named)
        return Future_()


class Served:
    """A bridge over an application that remembers what it got."""

    def __init__(self, **limits: Any) -> None:
        self.now_s = 0.0
        self.seen: list[Environ] = []
        self.bodies: list[bytes] = []
        self.answer: Any = [b"done"]
        self.bridge = RsgiBridge(
            self._application,
            AtOnce(),
            error_headers=[("X-Own", "yes")],
            limits=Limits(**limits),
            clock=lambda: self.now_s,
        )

    def _application(self, environ: Environ, start: Any) -> Iterable[bytes]:
        self.seen.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        if isinstance(self.answer, BaseException):
            raise self.answer
        start("201 -", [("X", "y")])
        return self.answer  # type: ignore[no-any-return]

    def request(self, *headers: tuple[str, str], client: str = "1.2.3.4:5", **changes: Any) -> Proto:
        scope = SimpleNamespace(
            method="POST", path="/clicks", query_string="a=1", http_version="1.1", scheme="http", client=client,
            server="127.0.0.1:8080", headers=SimpleNamespace(items=lambda: list(headers)),
        )  # fmt: skip
        scope.__dict__.update(changes)
        proto = Proto()
        self.bridge.take(SimpleNamespace(scope=scope, proto=proto))
        return proto

    def unfinished(self, length: int = 5, client: str = "1.2.3.4:5") -> Proto:
        return self.request(("content-length", str(length)), client=client)


def test_request_is_what_wsgi_says() -> None:
    served = Served()
    headers = [("host", "game"), ("content-type", "text/plain"), ("x-a", "1"), ("x-a", "2"), ("cookie", "a=1")]
    proto = served.request(*headers, ("cookie", "b=2"), ("x_forwarded_for", "9.9.9.9"), path="/é", client="[::1]:5")
    assert (proto.status, proto.headers, proto.body) == (201, {"X": "y"}, b"done")
    (environ,) = served.seen
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"], environ["QUERY_STRING"]) == ("::1", "8080", "a=1")
    assert (environ["HTTP_X_A"], environ["HTTP_COOKIE"], environ["CONTENT_TYPE"]) == ("1, 2", "a=1; b=2", "text/plain")
    # An underscore would pass for a dash.
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_application_runs_once_the_body_is_whole() -> None:
    served = Served()
    proto = served.unfinished()
    assert not served.seen
    proto.arrives(StopIteration(b"12345"))
    assert (proto.status, served.bodies) == (201, [b"12345"])


def test_body_that_breaks_off_is_400() -> None:
    served = Served()
    proto = served.unfinished()
    proto.arrives(RuntimeError("gone"))
    assert (proto.status, proto.code, proto.headers["Connection"], proto.headers["X-Own"]) == (
        400, "bad_request", "close", "yes",
    )  # fmt: skip
    assert not served.seen


@pytest.mark.parametrize("header", [("content-length", "100"), ("transfer-encoding", "chunked")])
def test_body_that_does_not_come_in_time_is_408(header: tuple[str, str]) -> None:
    served = Served(body_s=10)
    proto = served.request(header)
    served.now_s = 10
    assert served.bridge.sweep() == 0
    served.now_s = 10.1
    assert served.bridge.sweep() == 1
    assert (proto.status, proto.code, proto.futures[-1].cancelled) == (408, "request_timeout", True)
    # What comes then is nobody's.
    proto.arrives(StopIteration(b"x" * 100))
    assert not served.seen


def test_stop_waits_for_bodies_only_a_moment() -> None:
    served = Served(body_s=10, stopping_s=1)
    proto = served.unfinished()
    served.now_s = 1.5
    assert served.bridge.sweep() == 0
    served.bridge.stop()
    assert served.bridge.sweep() == 1
    assert proto.status == 408


def test_too_large_a_body_is_413_before_it_is_read() -> None:
    served = Served()
    proto = served.unfinished(BODY_LIMIT + 1)
    assert (proto.status, proto.code, proto.futures) == (413, "body_too_large", [])


def test_chunked_body_is_put_together_and_bounded_in_size_and_pieces() -> None:
    served = Served()
    proto = served.request(("transfer-encoding", "chunked"))
    for piece in (b"12", b"345", b""):
        proto.arrives(StopIteration(piece))
    assert (proto.status, served.bodies) == (201, [b"12345"])
    large = served.request(("transfer-encoding", "chunked"))
    while not large.status:
        large.arrives(StopIteration(b"x" * 1_000_000))
    assert (large.status, len(large.futures)) == (413, BODY_LIMIT // 1_000_000 + 1)
    crumbs = served.request(("transfer-encoding", "chunked"))
    while not crumbs.status:
        crumbs.arrives(StopIteration(b"x"))
    assert crumbs.status == 413
    assert len(crumbs.futures) < 100


def test_client_with_too_many_unfinished_bodies_loses_the_oldest_and_nobody_else_does() -> None:
    served = Served(per_client=3, grace_s=2)
    other = served.unfinished(client="5.6.7.8:1")
    mine = [served.unfinished(client=f"1.2.3.4:{port}") for port in range(3)]
    served.now_s = 3
    mine.append(served.unfinished())
    assert [proto.status for proto in mine] == [408, 0, 0, 0]
    other.arrives(StopIteration(b"12345"))
    assert other.status == 201


def test_burst_of_bodies_on_their_way_loses_none() -> None:
    """Thousands of players may stand behind one proxy."""
    served = Served(per_client=3, grace_s=2)
    burst = [served.unfinished() for _ in range(100)]
    for proto in burst:
        proto.arrives(StopIteration(b"12345"))
    assert {proto.status for proto in burst} == {201}


def test_large_bodies_share_their_room_and_give_it_back() -> None:
    served = Served(large_bytes=1_000_000)
    first = served.unfinished(900_000)
    second = served.unfinished(200_000)
    assert (second.status, second.headers["Retry-After"]) == (503, "1")
    assert served.unfinished(60_000).status == 0
    chunked = served.request(("transfer-encoding", "chunked"))
    chunked.arrives(StopIteration(b"x" * 90_000))
    assert chunked.status == 0
    chunked.arrives(StopIteration(b"x" * 90_000))
    assert chunked.status == 503
    first.arrives(StopIteration(b"x"))
    assert served.unfinished(900_000).status == 0


def test_application_that_fails_is_500() -> None:
    served = Served()
    served.answer = SystemExit(3)
    proto = served.request()
    assert (proto.status, proto.code) == (500, "internal_error")


def test_file_is_left_to_the_server_and_a_part_of_one_is_sent(tmp_path: Any) -> None:
    (tmp_path / "page.js").write_bytes(b"content")
    served = Served()
    file = (tmp_path / "page.js").open("rb")
    served.answer = ServedFile(file)
    assert served.request().file == str(tmp_path / "page.js")
    assert file.closed
    served.answer = ServedFile(BytesIO(b"part"))
    assert served.request().body == b"part"
