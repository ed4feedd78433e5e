"""The network, the server, the session and the page fail; no tap is lost and no tap counts twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import redis
from e2e.miniapp.driver import Player
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]


def test_offline_play_is_kept_and_credited(player: Player) -> None:
    player.tap(5)
    player.wait_server(5)
    player.context.set_offline(True)
    player.wait_status("offline")
    player.burst(60, 20)
    assert player.count() == 65
    assert player.server_clicks() == 5
    player.context.set_offline(False)
    player.wait_server(65)
    player.wait_status("online")
    assert player.count() == 65


def test_a_server_killed_and_back_loses_nothing(player: Player, miniapp_game: Game) -> None:
    player.tap(10)
    player.wait_server(10)
    miniapp_game.stop()
    player.burst(30, 20)
    player.wait_status("offline")
    assert player.count() == 40
    miniapp_game.start()
    player.wait_server(40, 90)
    player.wait_status("online")
    assert player.count() == 40


def test_an_empty_redis_gets_all_taps_again(player: Player, miniapp_game: Game) -> None:
    player.tap(25)
    player.wait_server(25)
    with redis.Redis.from_url(miniapp_game.redis_url) as client:
        client.flushall()
    player.tap(5)
    player.come_back()
    player.wait_server(30, 90)
    assert player.count() == 30


def test_an_ended_session_pauses_and_a_tap_resumes_it(player: Player, miniapp_game: Game) -> None:
    player.tap(4)
    player.wait_server(4)
    player.until(lambda: player.token != "", "a token")
    assert miniapp_game.request("DELETE", "/sessions/current", headers={"Authorization": player.token}).status == 204
    player.come_back()
    player.wait_status("paused")
    assert "tap to resume" in player.page.inner_text("[data-testid=status]")
    player.tap(2)
    player.wait_status("online")
    player.wait_server(6)


def test_two_tabs_of_one_player_count_apart(player: Player, new_player: NewPlayer) -> None:
    second = new_player(telegram_id=player.id).open()
    for _ in range(4):
        player.burst(5, 60)
        second.burst(5, 60)
    player.wait_server(40)
    for tab in (player, second):
        tab.come_back()
        tab.until(lambda tab=tab: tab.count() == 40, "40 in both tabs")  # type: ignore[misc]


def test_another_tab_uploads_the_unsent_taps_of_a_closed_one(player: Player, new_player: NewPlayer) -> None:
    second = new_player(telegram_id=player.id).open()
    player.context.set_offline(True)
    second.burst(15, 60)
    second.page.close()
    player.context.set_offline(False)
    player.come_back()
    player.wait_server(15, 120)


def test_reloads_in_the_middle_of_a_burst_lose_nothing(player: Player) -> None:
    for _ in range(4):
        player.tap(9)
        player.page.reload()
    player.wait_status("online")
    player.tap(4)
    player.wait_server(40)
    assert player.count() == 40


@pytest.mark.parametrize("skew_h", [-90, 90])
def test_a_wrong_clock_changes_nothing(new_player: NewPlayer, skew_h: int) -> None:
    player = new_player()
    player.page.add_init_script(f"const now = Date.now; Date.now = () => now() + {skew_h} * 3600e3;")
    player.open()
    player.tap(8)
    player.page.reload()
    player.wait_status("online")
    player.tap(8)
    player.wait_server(16)
    assert player.count() == 16


def test_a_clock_that_jumps_between_pages_changes_nothing(player: Player) -> None:
    player.tap(8)
    player.wait_server(8)
    player.page.add_init_script("const now = Date.now; Date.now = () => now() + 50 * 3600e3;")
    player.page.reload()
    player.wait_status("online")
    player.tap(8)
    player.wait_server(16)
    assert player.count() == 16


def test_a_slow_network_only_delays(player: Player) -> None:
    slow = {"offline": False, "latency": 1500, "downloadThroughput": 6000, "uploadThroughput": 3000}
    session = player.cdp()
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    player.burst(60, 80)
    assert player.count() == 60
    player.wait_server(60)
    player.wait_status("online")


def test_hiding_the_page_sends_at_once(player: Player) -> None:
    with player.page.expect_request("**/clicks"):
        player.tap(3)
        player.page.evaluate("""() => {
            Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
    player.wait_server(3)


def test_a_server_that_is_unavailable_at_launch_does_not_stop_the_game(player: Player, new_player: NewPlayer) -> None:
    player.tap(5)
    player.wait_server(5)
    player.page.close()
    later = new_player(telegram_id=player.id)
    later.page.route("**/sessions", lambda route: route.abort())
    later.page.goto(later.launch_url(later.init_data()))
    later.wait_status("offline")
    later.tap(4)
    assert later.count() == 9  # This device's count, and more.
    later.page.unroute("**/sessions")
    later.come_back()
    later.wait_status("online")
    later.wait_server(9)


def test_a_launch_without_launch_data_says_how_to_open(new_player: NewPlayer, miniapp_game: Game) -> None:
    player = new_player()
    player.page.goto(f"{miniapp_game.url}/app/")
    assert "Open Tapstack in Telegram" in player.page.inner_text("[data-testid=explain]")


@pytest.mark.parametrize(
    ("launch", "said"),
    [({"age_s": 90_000}, "has expired"), ({"token": "1:another-bots-token"}, "was not accepted")],
)
def test_launch_data_that_does_not_count_asks_to_reopen(
    new_player: NewPlayer, launch: dict[str, object], said: str
) -> None:
    player = new_player()
    player.page.goto(player.launch_url(player.init_data(**launch)))  # type: ignore[arg-type]
    player.wait_status("expired")
    player.page.locator("[data-testid=explain]").get_by_text(said).wait_for()
