"""Invocations that run too long."""

import threading
from typing import Any

import msgspec
from tapstack_local.functions.watchdog import Watchdog
from tapstack_local.template.model import App


def test_watchdog_reports_an_invocation_once_and_leaves_others_alone(app: App) -> None:
    reported: list[str] = []
    heard = threading.Event()

    def report(_function: Any, request_id: str, _thread: int) -> None:
        reported.append(request_id)
        heard.set()

    watchdog = Watchdog(report)
    quick = msgspec.structs.replace(app.functions["WorkerFunction"], timeout_s=60)
    late = msgspec.structs.replace(app.functions["WorkerFunction"], timeout_s=0)
    token = watchdog.enter(quick, "quick")
    watchdog.enter(late, "late")
    watchdog.start()
    assert heard.wait(60)
    watchdog.leave(token)
    assert reported == ["late"]
