"""Where the page sends its taps: to the function's own address, and to the API where that fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from e2e.miniapp.driver import Player
from playwright.sync_api import Request, Route

HOST = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-central-1.on.aws"
NewPlayer = Callable[..., Player]


def sent_by(player: Player) -> list[str]:
    """Where this page's clicks go from now on, without the game's own address."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/clicks"):
            found.append(request.url.removeprefix(player.game.url))

    player.page.on("request", note)
    return found


@pytest.fixture
def abroad(new_player: NewPlayer) -> Player:
    """A player whose session names an address of another origin, as on AWS."""
    player = new_player()

    def named(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "endpoints": {"clicks": f"https://{HOST}/clicks"}})

    player.page.route("**/sessions", named)
    return player


def test_taps_go_to_the_functions_own_address(player: Player) -> None:
    sent = sent_by(player)
    player.tap(7)
    player.wait_server(7)
    player.wait_status("online")  # what the browser said before that has been noted
    assert set(sent) == {"/_url/ClickFunctionUrl/clicks"}


def test_taps_go_to_an_address_of_another_origin_that_the_policy_allows(abroad: Player) -> None:
    def answer(route: Route) -> None:
        route.fulfill(response=route.fetch(url=f"{abroad.game.url}/clicks"))

    abroad.page.route(f"https://{HOST}/**", answer)
    sent = sent_by(abroad)
    abroad.open()
    abroad.tap(6)
    abroad.wait_server(6)
    abroad.wait_status("online")
    assert set(sent) == {f"https://{HOST}/clicks"}
    abroad.hosts.discard(HOST)


@pytest.mark.parametrize("status", [0, 502])  # all others: miniapp/tests/api/direct-endpoint.test.ts
def test_address_that_fails_costs_one_request_and_no_tap(abroad: Player, status: int) -> None:
    def fail(route: Route) -> None:
        if status:
            headers = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(status=status, headers=headers, json={"Message": "Forbidden"})
        else:
            route.abort()

    abroad.page.route(f"https://{HOST}/**", fail)
    sent = sent_by(abroad)
    abroad.open()
    for taps in (4, 9):
        abroad.tap(taps - abroad.count())
        abroad.wait_server(taps)
    abroad.wait_status("online")
    assert abroad.count() == 9
    assert sent.count(f"https://{HOST}/clicks") == 1
    assert sent.count("/clicks") == len(sent) - 1 >= 2
    abroad.hosts.discard(HOST)
