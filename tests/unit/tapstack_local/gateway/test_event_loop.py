"""Requests of functions with an asynchronous entry, from the connection to their answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from tapstack_local.errors import TemplateError
from tapstack_local.functions.pool import Pool
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.gateway.application import Gateway
from tapstack_local.gateway.event_loop import EventLoop
from tapstack_local.gateway.function_urls import FunctionUrls
from tapstack_local.gateway.proxy import Received
from tapstack_local.template.model import URL_PREFIX, App, Function

WAIT_S = 60


class Answered:
    """One answer, which a test waits for."""

    def __init__(self) -> None:
        self._came = threading.Event()

    def __call__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        assert not self._came.is_set(), "two answers"
        self.code, self.pairs, self.content = status, headers, body
        self._came.set()

    @property
    def status(self) -> int:
        assert self._came.wait(WAIT_S), "no answer came"
        return self.code

    @property
    def headers(self) -> dict[str, str]:
        assert self.status
        return dict(self.pairs)

    @property
    def body(self) -> Any:
        assert self.status
        return json.loads(self.content)


class Served:
    """The toy's functions on a loop."""

    def __init__(self, app: App, *, timeout_s: int = WAIT_S, **options: Any) -> None:
        self.late: list[tuple[str, str]] = []
        watchdog = Watchdog(lambda function, request_id, _thread: self.late.append((function.id, request_id)))
        function = msgspec.structs.replace(app.functions["QuickFunction"], timeout_s=timeout_s)
        self.pools = {"QuickFunction": Pool(function, watchdog)}
        pools: Any = self.pools
        gateway, urls = Gateway(app, pools, {}, {}), FunctionUrls(app, pools)
        self.threads = ThreadPoolExecutor(2, "function")
        self.loop = EventLoop(
            self.pools,
            lambda method, path: (urls if path.startswith(URL_PREFIX) else gateway).endpoint(method, path),
            self.threads,
            watchdog,
            **options,
        )
        watchdog.start()
        self.loop.start()

    def send(self, path: str, method: str = "POST", body: bytes = b"", **headers: str) -> Answered | None:
        endpoint = self.loop.find(method, path)
        assert endpoint is not None
        request = Received(method, path, "", headers, "127.0.0.9", "HTTP/1.1", "http", "8080")
        answered = Answered()
        taken: Future[bool] = Future()

        def serve() -> None:
            taken.set_result(self.loop.serve(endpoint, request, body, answered))

        self.loop.asyncio.call_soon_threadsafe(serve)
        return answered if taken.result(WAIT_S) else None

    def __call__(self, path: str, method: str = "POST", body: bytes = b"", **headers: str) -> Answered:
        answered = self.send(path, method, body, **headers)
        assert answered is not None
        return answered

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.stop()
        self.threads.shutdown()


@pytest.fixture
def served(app: App) -> Iterator[Served]:
    with Served(app) as made:
        yield made


def test_request_is_answered_on_the_loop_as_the_api_would(served: Served) -> None:
    answered = served("/quick/now", "POST", "é".encode(), **{"x-toy": "1"})
    assert answered.status == 200
    seen = {"by": "serve", "thread": "event-loop", "path": "/quick/now", "body": "é", "header": "1"}
    assert answered.body == seen
    assert answered.headers["Content-Type"] == "application/json"


def test_request_of_a_function_url_arrives_in_payload_2_0_and_gets_its_cors_headers(served: Served) -> None:
    answered = served("/_url/QuickFunctionUrl/now", origin="https://page")
    assert answered.body["path"] == "/now"
    assert answered.headers["Access-Control-Allow-Origin"] == "*"


def test_what_the_entry_declines_is_answered_by_the_handler_on_a_thread(served: Served) -> None:
    answered = served("/quick/declined")
    assert (answered.body["by"], answered.body["thread"][:9]) == ("handler", "function_")
    assert answered.headers["x-amzn-RequestId"] == answered.body["id"]


@pytest.mark.parametrize("what", ["fails", "malformed"])
@pytest.mark.parametrize("path", ["/quick/", "/_url/QuickFunctionUrl/"])
def test_entry_that_fails_is_502_and_the_loop_goes_on(served: Served, what: str, path: str) -> None:
    answered = served(path + what)
    assert (answered.status, answered.body["error"]["code"]) == (502, "internal_error")
    assert served("/quick/now").status == 200


def test_request_ids_are_unique(served: Served) -> None:
    ids = [served("/quick/now").headers["x-amzn-RequestId"] for _ in range(20)]
    assert len(set(ids)) == 20
    assert {len(id_) for id_ in ids} == {36}


def test_many_wait_at_once_without_a_thread_each(served: Served) -> None:
    waiting = [served("/quick/waits") for _ in range(100)]
    assert {one.body["thread"] for one in waiting} == {"event-loop"}


def test_entry_that_takes_too_long_is_504_and_harms_no_other(app: App) -> None:
    with Served(app, timeout_s=1, grace_s=WAIT_S) as served:
        late = served("/quick/hangs")
        assert served("/quick/now").status == 200
        assert (late.status, late.body["error"]["code"]) == (504, "timeout")
        assert not served.late


def test_entry_that_blocks_the_loop_is_reported_so_that_its_worker_ends(app: App) -> None:
    served = Served(app, timeout_s=1, grace_s=0)
    served("/quick/blocks", "POST", b"3")
    served.loop.join()
    served.threads.shutdown()
    assert served.late == [("QuickFunction", "on the event loop")]


def test_more_than_may_wait_are_refused_at_once(app: App) -> None:
    with Served(app, timeout_s=1, grace_s=WAIT_S, most_at_once=3) as served:
        held = [served("/quick/hangs") for _ in range(3)]
        assert served.send("/quick/now") is None
        assert [one.status for one in held] == [504] * 3
        assert served("/quick/now").status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/health"),
        ("POST", "/_url/ApiFunctionUrl/x"),
        ("OPTIONS", "/_url/QuickFunctionUrl/x"),
        ("HEAD", "/quick/now"),
        ("GET", "/app/"),
        ("GET", "/_url/None/"),
    ],
)
def test_all_else_stays_on_threads(served: Served, method: str, path: str) -> None:
    assert served.loop.find(method, path) is None


def test_entry_that_does_not_exist_is_named(app: App) -> None:
    function: Function = msgspec.structs.replace(app.functions["QuickFunction"], async_handler="app.nothing")
    with pytest.raises(TemplateError, match=r"QuickFunction: .*app\.py has no nothing"):
        Pool(function, Watchdog(lambda *_: None)).async_entry()
