"""Pushes by `@connections`: an endpoint that hangs or breaks holds nobody up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.scripted_server import ScriptedServer, answer, close, hang, scripted
from tapstack.live import api_gateway
from tapstack.live.api_gateway import GONE, ApiGatewaySockets
from tapstack.platform.aws_signature import Credentials


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may keep a server of this process from answering for seconds."""
    for name in ("SILENCE_S", "WHOLE_S", "OPEN_S"):
        monkeypatch.setattr(api_gateway, name, 60.0)


def pushed(server: ScriptedServer, *pushes: Sequence[str]) -> list[list[str]]:
    sockets = ApiGatewaySockets(f"{server.url}/live", "eu-central-1", lambda: Credentials("id", "secret", ""))
    return [sockets.push(connections, b"{}") for connections in pushes]


def test_who_is_gone_is_named() -> None:
    with scripted(answer({}), answer({}, GONE), answer({}, 500)) as server:
        assert pushed(server, ["a", "b", "c", "d"]) == [["b"]]
        assert server.connections == [1, 1, 1, 1]


def test_endpoint_that_is_silent_is_not_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_gateway, "SILENCE_S", 0.2)
    with scripted(answer({}, GONE)) as server:
        server.deeds.insert(0, hang(server.over))
        assert pushed(server, ["a"], ["b"]) == [[], []]


def test_connection_that_breaks_stops_no_other_push() -> None:
    with scripted(close, answer({}, GONE)) as server:
        assert pushed(server, ["a"], ["b"]) == [[], ["b"]]
