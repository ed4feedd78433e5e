"""Connections as clients make them, byte by byte: what is understood, what is bounded, and how each ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from tapstack_local.gateway.application import BODY_LIMIT
from tapstack_local.gateway.http_connection import IDLE_S, LINGER_S, STALLED_S, Connection, Content
from tapstack_local.gateway.http_server import HttpServer, Limits, ServedFile
from tapstack_local.gateway.proxy import Environ, Received

GET = b"GET /health HTTP/1.1\r\nHost: game\r\n\r\n"
HEAD = GET.replace(b"GET", b"HEAD")


def post(length: int | str = 5, *more: str, path: str = "/clicks") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: game", f"Content-Length: {length}", *more, "", ""]
    return "\r\n".join(lines).encode()


CHUNKED = b"POST /clicks HTTP/1.1\r\nHost: game\r\nTransfer-Encoding: chunked\r\n\r\n"


class Transport:
    """The client's end."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.sent = b""
        self.is_reading = True
        self.has_ended = False
        self.is_aborted = False
        self.unread = 0
        self.lost: Callable[[], None] = lambda: None

    def get_extra_info(self, name: str) -> Any:
        return {"peername": (self.client, 5), "sockname": ("127.0.0.1", 8080)}[name]

    def write(self, data: bytes) -> None:
        assert not self.has_ended, "written after the end"
        self.sent += data

    def write_eof(self) -> None:
        self.has_ended = True

    def abort(self) -> None:
        if not self.is_aborted:
            self.is_aborted = True
            self.lost()

    def is_closing(self) -> bool:
        return self.is_aborted

    def pause_reading(self) -> None:
        assert self.is_reading
        self.is_reading = False

    def resume_reading(self) -> None:
        assert not self.is_reading
        self.is_reading = True

    def get_write_buffer_size(self) -> int:
        return self.unread


class Client:
    """A connection to a server."""

    def __init__(self, server: HttpServer, address: str) -> None:
        self.transport = Transport(address)
        self.connection = Connection(server)
        self.transport.lost = lambda: self.connection.connection_lost(None)
        made: Any = self.transport
        self.connection.connection_made(made)

    def send(self, *pieces: bytes) -> Client:
        for piece in pieces:
            self.connection.data_received(piece)
        return self

    @property
    def answers(self) -> list[tuple[int, dict[str, str], bytes]]:
        """What has come back: statuses, headers, bodies."""
        rest, found = self.transport.sent, []
        while rest:
            head, _, rest = rest.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            length = int(headers.get("content-length", 0))
            found.append((int(first.split()[1]), headers, rest[:length]))
            rest = rest[length:]
        return found

    @property
    def statuses(self) -> list[int]:
        return [status for status, _, _ in self.answers]

    @property
    def code(self) -> str:
        return str(json.loads(self.answers[-1][2])["error"]["code"])


class Loop:
    """An event loop without entries whose calls are made at once."""

    is_busy = False

    def __init__(self) -> None:
        self.has_ended = False
        self.later: list[Callable[[], None]] = []
        self.asyncio = SimpleNamespace(
            call_soon_threadsafe=lambda callback, *arguments: callback(*arguments),
            call_later=lambda _delay_s, callback, *arguments: self.later.append(lambda: callback(*arguments)),
            stop=lambda: setattr(self, "has_ended", True),
        )

    def turn(self) -> None:
        """Make the calls that were put off."""
        later, self.later = self.later, []
        for call in later:
            call()

    def find(self, _method: str, _path: str) -> None:
        return None


class Threads:
    """What has been handed to threads, done when the test says so, or at once."""

    def __init__(self) -> None:
        self.at_once = True
        self.waiting: list[Callable[[], Any]] = []

    def submit(self, work: Callable[..., Any], *arguments: Any) -> None:
        self.waiting.append(lambda: work(*arguments))
        if self.at_once:
            self.run()

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class Served:
    """A server over an application that remembers what it got."""

    def __init__(self, **limits: Any) -> None:
        self.now_s = 0.0
        self.seen: list[Environ] = []
        self.bodies: list[bytes] = []
        self.answer: Any = [b"done"]
        self.headers = [("X", "y")]
        self.status = "201 -"
        self.threads = Threads()
        self.loop = Loop()
        loop: Any = self.loop
        threads: Any = self.threads
        self.server = HttpServer(
            self._application,
            threads,
            loop,
            error_headers=[("X-Own", "yes")],
            limits=Limits(**limits),
            clock=lambda: self.now_s,
        )

    def _application(self, environ: Environ, start: Any) -> Iterable[bytes]:
        self.seen.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        if isinstance(self.answer, BaseException):
            raise self.answer
        start(self.status, list(self.headers))
        return self.answer  # type: ignore[no-any-return]

    def client(self, address: str = "1.2.3.4") -> Client:
        return Client(self.server, address)

    def later(self, seconds: float) -> None:
        self.now_s += seconds
        self.server.sweep()


# Requests


def test_request_is_what_wsgi_says() -> None:
    served = Served()
    more = ["Content-Type: text/plain", "X-A: 1", "x-a: 2", "Cookie: a=1", "cookie: b=2", "X_Forwarded_For: 9.9.9.9"]
    client = served.client("::1").send(post(2, *more, "X-Empty:", "X-Last: é", path="/%C3%A9/x?a=1&b=%26") + b"{}")
    assert client.answers == [(201, client.answers[0][1], b"done")]
    headers = client.answers[0][1]
    assert (headers["x"], headers["content-length"], headers["date"][-3:]) == ("y", "4", "GMT")
    (environ,) = served.seen
    assert (environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"], served.bodies) == ("POST", "HTTP/1.1", [b"{}"])
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é/x"
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"], environ["QUERY_STRING"]) == ("::1", "8080", "a=1&b=%26")
    assert (environ["HTTP_X_A"], environ["HTTP_COOKIE"], environ["CONTENT_TYPE"]) == ("1, 2", "a=1; b=2", "text/plain")
    assert (environ["HTTP_X_EMPTY"], environ["HTTP_HOST"]) == ("", "game")
    assert environ["HTTP_X_LAST"].encode("latin-1").decode() == "é"
    # An underscore would pass for a dash.
    assert "HTTP_X_FORWARDED_FOR" not in environ


@pytest.mark.parametrize(
    ("url", "path", "query"),
    [(b"http://game/a?b", "/a", "b"), (b"http://game", "/", ""), (b"//a?b?c", "//a", "b?c"), (b"*", "*", "")],
)
def test_urls_of_every_form_have_a_path(url: bytes, path: str, query: str) -> None:
    served = Served()
    served.client().send(b"OPTIONS " + url + b" HTTP/1.1\r\nHost: game\r\n\r\n")
    assert [(seen["PATH_INFO"], seen["QUERY_STRING"]) for seen in served.seen] == [(path, query)]


def test_request_that_comes_byte_by_byte_is_the_same() -> None:
    served = Served()
    whole = post(5, "X-A: 1", path="/a%20b?c=d") + b"12345"
    client = served.client().send(*(whole[at : at + 1] for at in range(len(whole))))
    assert client.statuses == [201]
    assert (served.bodies, served.seen[0]["PATH_INFO"], served.seen[0]["HTTP_X_A"]) == ([b"12345"], "/a b", "1")


def test_connection_serves_one_request_after_the_other() -> None:
    served = Served()
    client = served.client().send(GET).send(post() + b"12345").send(GET)
    assert client.statuses == [201] * 3
    assert (served.bodies, client.transport.has_ended) == ([b"", b"12345", b""], False)


def test_pipelined_requests_are_answered_in_their_order_and_no_more_is_read_meanwhile() -> None:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(b"".join(post(1, path=f"/{n}") + b"x" for n in range(1_000)))
    assert (len(served.threads.waiting), client.transport.is_reading) == (1, False)
    served.threads.run()
    assert client.statuses == [201] * 1_000
    assert [seen["PATH_INFO"] for seen in served.seen] == [f"/{n}" for n in range(1_000)]
    assert client.transport.is_reading


def test_a_refusal_waits_for_the_answers_before_it() -> None:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(GET + post(BODY_LIMIT + 1) + GET)
    assert client.statuses == []
    served.threads.run()
    assert client.statuses == [201, 413]
    assert client.transport.has_ended


@pytest.mark.parametrize(
    "sent", [GET.replace(b"\r\nHost", b"\r\nConnection: close\r\nHost"), GET.replace(b"1.1", b"1.0"), GET + b"\x16\x03"]
)
def test_connection_ends_where_the_client_says_so(sent: bytes) -> None:
    served = Served()
    client = served.client().send(sent)
    status, headers, _ = client.answers[0]
    assert (status, client.transport.has_ended) == (201, True)
    assert client.answers[-1][1]["connection"] == "close"
    client.send(GET)
    assert len(served.seen) == 1
    # What still comes is read for a moment: a socket closed over it would take the answer with it.
    assert not client.transport.is_aborted
    served.later(LINGER_S + 1)
    assert client.transport.is_aborted


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET /\r\n\r\n",
        post("-1"),
        post("1x"),
        post(1, "Content-Length: 2"),
        CHUNKED + b"zz\r\n",
        post(5, "Transfer-Encoding: chunked"),
    ],
)
def test_what_is_not_http_is_400_and_ends_the_connection(sent: bytes) -> None:
    served = Served()
    client = served.client().send(sent)
    assert (client.statuses, client.code, client.transport.has_ended) == ([400], "bad_request", True)
    assert client.answers[0][1]["x-own"] == "yes"
    assert not served.seen


@pytest.mark.parametrize("after", [GET, b"\x00", b"\x16\x03\x01", b"GET / HTTP/9.9\r\n\r\n"])
@pytest.mark.parametrize("at_once", [True, False])
def test_what_follows_the_last_request_is_ignored(after: bytes, at_once: bool) -> None:
    """The parser refuses it where the answer has been sent, and where it is still to come."""
    served = Served()
    served.threads.at_once = at_once
    client = served.client().send(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + after, after)
    served.threads.run()
    assert (client.statuses, client.transport.has_ended) == ([201], True)
    served.later(LINGER_S + 1)
    assert client.transport.is_aborted


def test_what_follows_a_refused_body_is_ignored() -> None:
    client = Served().client().send(CHUNKED + b"%x\r\n" % (BODY_LIMIT + 1) + b"x" * (BODY_LIMIT + 1) + b"no end")
    assert (client.statuses, client.transport.has_ended) == ([413], True)


def test_change_of_protocol_is_not_made() -> None:
    served = Served()
    h2c = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    client = served.client().send(GET.replace(b"Host", h2c + b"Host") + b"PRI")
    assert client.statuses == [201]
    assert served.client().send(post(5, *h2c.decode().split("\r\n")[:2]) + b"12345").statuses == [400]


def test_heads_are_bounded() -> None:
    served = Served()
    endless = served.client().send(GET[:-2] + b"X: ")
    for _ in range(65):
        endless.send(b"x" * 1024)
    many = served.client().send(GET[:-2] + b"X: y\r\n" * 200 + b"\r\n")
    assert [client.statuses for client in (endless, many)] == [[431]] * 2
    assert [client.transport.has_ended for client in (endless, many)] == [True] * 2
    assert not served.seen


def test_head_that_does_not_come_and_an_idle_connection_are_closed() -> None:
    served = Served()
    silent, slow, idle = served.client(), served.client(), served.client().send(GET)
    served.later(IDLE_S - 1)
    slow.send(GET[:-2])
    assert not any(client.transport.is_aborted for client in (silent, slow, idle))
    served.later(2)
    assert all(client.transport.is_aborted for client in (silent, slow, idle))


def test_expected_100_is_sent_before_the_body_and_not_for_one_that_is_too_large() -> None:
    served = Served()
    client = served.client().send(post(5, "Expect: 100-continue"))
    assert client.transport.sent == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.send(b"12345")
    assert client.statuses == [100, 201]
    assert served.client().send(post(BODY_LIMIT + 1, "Expect: 100-continue")).statuses == [413]


# Bodies


def test_application_runs_once_the_body_is_whole() -> None:
    served = Served()
    client = served.client().send(post(), b"123")
    assert not served.seen
    client.send(b"45")
    assert (client.statuses, served.bodies) == ([201], [b"12345"])


def test_body_that_breaks_off_is_400() -> None:
    served = Served()
    client = served.client().send(post(), b"123")
    client.connection.eof_received()
    assert (client.statuses, client.code) == ([400], "bad_request")
    assert not served.seen


@pytest.mark.parametrize("sent", [post(100), CHUNKED])
def test_body_that_does_not_come_in_time_is_408(sent: bytes) -> None:
    served = Served(body_s=10)
    client = served.client().send(sent)
    served.later(9.9)
    assert client.statuses == []
    served.later(0.2)
    assert (client.statuses, client.code, client.transport.has_ended) == ([408], "request_timeout", True)
    client.send(b"x" * 100)
    assert not served.seen


def test_too_large_a_body_is_413_before_it_is_read() -> None:
    client = Served().client().send(post(BODY_LIMIT + 1))
    assert (client.statuses, client.code) == ([413], "body_too_large")


def test_chunked_body_is_put_together_and_bounded_in_size_pieces_and_wrapping() -> None:
    served = Served()
    whole = served.client().send(CHUNKED + b"2\r\n12\r\n", b"3\r\n345\r\n0\r\nX-Trailer: 1\r\n\r\n")
    assert (whole.statuses, served.bodies) == ([201], [b"12345"])
    large, crumbs, wrapped = (served.client().send(CHUNKED) for _ in range(3))
    for _ in range(BODY_LIMIT // 1_000_000 + 1):
        large.send(b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n")
    for _ in range(100):
        crumbs.send(b"1\r\nx\r\n")
    wrapped.send(b"1;")
    for _ in range(21):
        wrapped.send(b"x" * 1_000_000)
    assert [client.statuses for client in (large, crumbs, wrapped)] == [[413]] * 3
    assert len(served.seen) == 1


def test_client_with_too_many_unfinished_bodies_loses_the_oldest_and_nobody_else_does() -> None:
    served = Served(per_client=3, grace_s=2)
    other = served.client("5.6.7.8").send(post())
    mine = [served.client().send(post()) for _ in range(3)]
    served.now_s = 3
    mine.append(served.client().send(post()))
    assert [client.statuses for client in mine] == [[408], [], [], []]
    assert other.send(b"12345").statuses == [201]


def test_burst_of_bodies_on_their_way_loses_none() -> None:
    """Thousands of players may stand behind one proxy."""
    served = Served(per_client=3, grace_s=2)
    burst = [served.client().send(post()) for _ in range(100)]
    assert {status for client in burst for status in client.send(b"12345").statuses} == {201}


def test_large_bodies_share_their_room_and_give_it_back() -> None:
    served = Served(large_bytes=1_000_000)
    first = served.client().send(post(900_000))
    second = served.client().send(post(200_000))
    assert (second.statuses, second.answers[0][1]["retry-after"]) == ([503], "1")
    assert served.client().send(post(60_000)).statuses == []
    chunked = served.client().send(CHUNKED + b"15f90\r\n" + b"x" * 90_000 + b"\r\n")
    assert chunked.statuses == []
    assert chunked.send(b"15f90\r\n" + b"x" * 90_000 + b"\r\n").statuses == [503]
    first.transport.abort()
    assert served.client().send(post(900_000)).statuses == []


def test_connections_beyond_the_limit_are_told_so() -> None:
    served = Served(connections=2)
    kept = [served.client() for _ in range(2)]
    assert served.client().statuses == [503]
    kept[0].transport.abort()
    assert kept[1].send(GET).statuses == [201]


# Answers


def test_answer_to_head_has_no_body_and_only_a_length_that_is_known() -> None:
    served = Served()
    client = served.client().send(HEAD)
    assert (client.statuses, "content-length" in client.answers[0][1]) == ([201], False)
    served.headers = [("Content-Length", "17")]
    # The next request's answer follows directly.
    assert served.client().send(HEAD).transport.sent.endswith(b"Content-Length: 17\r\n\r\n")


@pytest.mark.parametrize("status", ["204 -", "304 -"])
def test_answer_without_content_has_no_length(status: str) -> None:
    served = Served()
    served.status, served.answer = status, [b""]
    client = served.client().send(GET + GET)
    assert client.transport.sent.count(b"HTTP/1.1") == 2
    assert b"content-length" not in client.transport.sent


def test_length_is_the_server_s_to_say() -> None:
    served = Served()
    served.headers = [("Content-Length", "99"), ("Transfer-Encoding", "chunked"), ("content-length", "1"), ("X", "y")]
    client = served.client()
    client.send(HEAD)
    for _ in range(2):
        client.transport.sent = b""
        (answer,) = client.send(GET).answers
        assert (answer[1]["content-length"], answer[2], "transfer-encoding" in answer[1]) == ("4", b"done", False)
        assert client.transport.sent.count(b"ontent-") == 1


def test_answers_have_their_own_headers_whatever_those_before_had() -> None:
    served = Served()
    client = served.client()
    for headers in ([("A", "1"), ("Id", "1")], [("A", "1"), ("Id", "2")], [("A", "2"), ("Id", "3")], [], [("A", "1")]):
        served.headers = headers
        client.send(GET)
        (*_, answer) = client.answers
        assert {name: value for name, value in answer[1].items() if name in ("a", "id")} == {
            name.lower(): value for name, value in headers
        }


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "\N{SNOWMAN}"])
def test_headers_that_would_be_others_are_502(value: str) -> None:
    served = Served()
    served.headers = [("X-Name", value)]
    client = served.client().send(GET)
    assert (client.statuses, client.code, client.transport.has_ended) == ([502], "internal_error", True)


def test_application_that_fails_is_500() -> None:
    served = Served()
    served.answer = SystemExit(3)
    client = served.client().send(GET)
    assert (client.statuses, client.code) == ([500], "internal_error")


def test_answer_to_a_client_who_has_gone_is_nobody_s() -> None:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(GET)
    client.transport.abort()
    served.threads.run()
    assert client.transport.sent == b""


def test_client_who_says_that_nothing_more_comes_gets_the_answer() -> None:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(GET)
    assert client.connection.eof_received() is True
    served.threads.run()
    assert client.statuses == [201]
    assert client.transport.has_ended


def test_client_who_reads_nothing_is_not_read_from_and_given_up() -> None:
    served = Served()
    client = served.client().send(GET)
    client.connection.pause_writing()
    assert not client.transport.is_reading
    served.later(STALLED_S - 1)
    client.connection.resume_writing()
    assert client.transport.is_reading
    client.connection.pause_writing()
    served.later(STALLED_S + 1)
    assert client.transport.is_aborted


def test_client_who_reads_slowly_has_as_long_as_it_takes() -> None:
    served = Served()
    client = served.client().send(GET)
    client.transport.unread = 1_000_000
    client.connection.pause_writing()
    for _ in range(5):
        client.transport.unread -= 100_000
        served.later(STALLED_S + 1)
    assert not client.transport.is_aborted
    served.later(STALLED_S + 1)
    assert client.transport.is_aborted


def test_last_answer_may_be_read_slowly_too() -> None:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(GET.replace(b"1.1", b"1.0"))
    client.transport.unread = 300_000
    served.threads.run()
    assert client.transport.has_ended
    for _ in range(3):
        client.transport.unread -= 100_000
        served.later(STALLED_S + 1)
        assert not client.transport.is_aborted
    served.later(LINGER_S + 1)
    assert client.transport.is_aborted


def test_small_file_is_an_answer_and_a_large_one_is_sent_in_pieces(tmp_path: Any) -> None:
    large = bytes(range(256)) * 1_000
    (tmp_path / "page.js").write_bytes(large)
    file = (tmp_path / "page.js").open("rb")
    assert ServedFile(BytesIO(b"part")).answer([]) == b"part"
    content = ServedFile(file).answer([("Content-Length", str(len(large)))])
    assert isinstance(content, Content)
    client = sent(content)
    assert client.transport.sent.endswith(b"\r\n\r\n" + large)
    assert file.closed


def test_file_that_has_become_shorter_breaks_off() -> None:
    file = BytesIO(b"x" * 70_000)
    client = sent(Content(80_000, file.read, file.close))
    assert client.transport.is_aborted
    assert file.closed


def test_client_who_goes_while_a_file_is_read_is_not_written_to() -> None:
    clients: list[Client] = []

    def read(_size: int) -> bytes:
        clients[0].transport.abort()
        return b"x"

    assert not sent(Content(5, read, lambda: None), meet=clients.append).transport.sent.endswith(b"x")


def test_head_of_a_large_file_has_its_length_and_nothing_else() -> None:
    file = BytesIO(b"x" * 80_000)
    client = sent(Content(80_000, file.read, file.close), HEAD)
    assert client.transport.sent.lower().count(b"content-length") == 1
    assert client.transport.sent.endswith(b"\r\n\r\n")
    assert file.closed


def sent(content: Content, request: bytes = GET, meet: Callable[[Client], None] = lambda _client: None) -> Client:
    served = Served()
    served.threads.at_once = False
    client = served.client().send(request)
    meet(client)

    async def send() -> None:
        with ThreadPoolExecutor(1) as threads:
            await client.connection.send(200, [("Content-Length", str(content.length))], content, threads)

    asyncio.run(send())
    return client


# The end


def test_stop_ends_idle_connections_and_waits_for_what_is_owed() -> None:
    served = Served(stopping_s=1)
    served.threads.at_once = False
    ends: list[bool] = []
    idle, fresh, answering, unfinished = (served.client() for _ in range(4))
    idle.send(GET)
    served.threads.run()
    answering.send(GET)
    unfinished.send(post())
    served.server.stop(lambda: ends.append(True))
    assert [one.transport.has_ended for one in (idle, fresh, answering, unfinished)] == [True] + [False] * 3
    assert fresh.send(GET).transport.is_reading
    served.threads.run()
    assert [client.answers[-1][1]["connection"] for client in (fresh, answering)] == ["close"] * 2
    served.loop.turn()
    assert not ends
    late = served.client()
    served.later(1.1)
    assert (unfinished.statuses, late.transport.is_aborted) == ([408], True)
    served.loop.turn()
    assert (ends, served.loop.has_ended) == ([True], True)


def test_what_arrives_is_given_to_entries_of_the_loop_with_their_own_limits() -> None:
    served = Served()
    given: list[tuple[Received, bytes]] = []
    loop: Any = served.server._loop

    def serve(_endpoint: Any, request: Received, body: bytes, respond: Callable[..., None]) -> bool:
        given.append((request, body))
        if len(given) < 3:
            respond(200, [], b"{}")
        return len(given) < 3

    loop.find = lambda _method, _path: SimpleNamespace(body_limit=10)
    loop.serve = serve
    client = served.client().send(post(2) + b"{}" + post(2) + b"[]" + post(2) + b"[]")
    assert client.statuses == [200, 200, 503]
    assert (given[0][0].path, given[0][0].headers["host"], given[0][1], given[1][1]) == (
        "/clicks",
        "game",
        b"{}",
        b"[]",
    )
    assert served.client().send(post(11) + b"x" * 11).statuses == [413]
