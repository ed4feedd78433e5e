"""What the play screen shows beside the count: levels, milestones, rivals, goals, the rate, and how it feels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from e2e.miniapp.driver import AT_ONCE, SCREENS, Player, at_rest, show
from e2e.miniapp.test_miniapp_telegram import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tapstack_local.testing import Game

NewPlayer = Callable[..., Player]

KEEP_MOMENTS = """() => {
    window.moments = [];
    new MutationObserver(() => {
        const shown = document.querySelector("[data-testid=moment]")?.textContent;
        if (shown && shown !== moments.at(-1)) moments.push(shown);
    }).observe(document.querySelector(".moment-place"), { childList: true, characterData: true, subtree: true });
}"""
KEEP_FLOATS = """() => {
    window.floats = [];
    const given = Element.prototype.animate;
    Element.prototype.animate = function (frames, timing) {
        if (this.classList.contains("float")) floats.push(Number(this.textContent));
        return given.call(this, frames, timing);
    };
}"""


def _moments(page: Page) -> list[str]:
    found: list[str] = page.evaluate("moments")
    return found


def _felt(client: Client) -> list[str]:
    haptics = client.received("web_app_trigger_haptic_feedback")
    return [one.get("impact_style") or one["notification_type"] for one in haptics]


def test_levels_and_milestones_are_shown_when_they_are_reached_and_only_then(
    player: Player, new_player: NewPlayer
) -> None:
    page = player.page
    page.evaluate(KEEP_MOMENTS)
    expect(page.locator("[data-testid=level-left]")).to_have_text("10 taps to level 2")
    player.burst(10, 60)
    player.until(lambda: "Level 2!" in _moments(page), "the second level")
    expect(page.locator("[data-testid=level-name]")).to_have_text("Level 2")
    expect(page.locator("[data-testid=level-left]")).to_have_text("30 taps to level 3")
    player.burst(90, 30)
    player.until(lambda: "100 taps!" in _moments(page), "the first milestone")
    player.wait_server(100)
    page.close()

    again = new_player(telegram_id=player.id).open()
    again.page.evaluate(KEEP_MOMENTS)
    again.until(lambda: again.count() == 100, "the score")
    again.tap()
    assert not {"100 taps!", "Level 4!"} & set(_moments(again.page))


def test_taps_feel_different_by_what_they_did(new_player: NewPlayer) -> None:
    client = Client(new_player())
    client.app.evaluate(KEEP_MOMENTS)
    for _ in range(9):
        client.tap()
        client.page.wait_for_timeout(400)  # Slow: no combo step, and each of them is felt.
    client.until(lambda: _felt(client) == ["light"] * 9, "nine light impacts")
    client.tap()
    client.until(lambda: _felt(client)[9:] == ["heavy"], "the second level")
    client.app.evaluate(AT_ONCE, 95)
    client.until(lambda: "success" in _felt(client), "the milestone")
    assert "medium" in _felt(client)[10:]


def test_floats_add_up_to_the_taps_however_fast(new_player: NewPlayer) -> None:
    player = new_player()
    player.page.emulate_media(reduced_motion="no-preference")
    player.open()
    player.page.evaluate(KEEP_FLOATS)
    player.burst(80, 5)
    player.until(lambda: sum(player.page.evaluate("floats")) == 80, "80 taps in floats")
    assert len(player.page.evaluate("floats")) < 80
    assert player.page.locator(".float").count() <= 24


def test_reduced_motion_moves_nothing_and_says_the_same(browser: Browser, new_player: NewPlayer) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="en-US")
    player = new_player(context).open()
    player.page.evaluate(KEEP_MOMENTS)
    player.page.evaluate(KEEP_FLOATS)
    player.burst(100, 20)
    player.until(lambda: "100 taps!" in _moments(player.page), "the milestone")
    assert player.page.evaluate("floats") == []
    assert player.page.locator(".piece, .dent").count() == 0
    assert player.page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_the_ring_follows_the_rate_and_rests_with_the_fingers(player: Player) -> None:
    combo = player.page.locator("[data-testid=combo]")
    assert combo.get_attribute("data-step") == "0"
    player.page.evaluate(
        """() => { window.steps = []; const combo = document.querySelector("[data-testid=combo]");
        new MutationObserver(() => steps.push(Number(combo.dataset.step))).observe(combo, { attributes: true }); }"""
    )
    player.at_once(60)
    player.until(lambda: player.page.evaluate("steps.some((step) => step > 0)"), "a higher step")
    player.until(lambda: combo.get_attribute("data-step") == "0", "the ring at rest")
    assert player.count() == 60  # It never multiplies taps.


def _play(game: Game, telegram_id: int, name: str, taps: int) -> str:
    """Another player with a name and a score; returns their id."""
    headers = {"Content-Type": "application/json", "Authorization": f"tma {game.init_data(telegram_id, name)}"}
    session = json.dumps({"session_id": f"00000000-0000-4000-8000-{telegram_id:012d}"}).encode()
    opened = game.request("POST", "/sessions", session, headers).json()
    headers["Authorization"] = f"Bearer {opened['token']}"
    game.request("PATCH", "/players/me", json.dumps({"username": name}).encode(), headers)
    assert game.request("POST", "/clicks", json.dumps({"taps": taps}).encode(), headers).status == 200
    return str(opened["player"]["id"])


def test_the_next_rival_is_named_live_and_passing_them_is_a_moment(new_player: NewPlayer, miniapp_game: Game) -> None:
    me = new_player()
    _play(miniapp_game, me.id + 500_000, f"r{me.id}a", 303)  # No other test has scores near these.
    _play(miniapp_game, me.id + 600_000, f"r{me.id}b", 305)
    _play(miniapp_game, me.id, f"r{me.id}c", 301)
    me.open()
    page, rival = me.page, me.page.locator("[data-testid=rival]")
    page.evaluate(KEEP_MOMENTS)
    me.until(lambda: f"to pass r{me.id}a" in rival.inner_text(), "the rival")
    left = int(rival.inner_text().split()[0])
    assert left == 3
    me.tap()
    assert rival.inner_text() == f"2 taps to pass r{me.id}a"
    rank = page.locator("[data-testid=chase-rank]").inner_text()
    me.tap(2)
    me.until(lambda: any(f"You passed r{me.id}a" in said for said in _moments(page)), "the moment")
    assert rival.inner_text() == f"2 taps to pass r{me.id}b"
    assert int(page.locator("[data-testid=chase-rank]").inner_text().split()[1]) == int(rank.split()[1]) - 1


def test_everybodys_goal_is_celebrated_once(new_player: NewPlayer) -> None:
    player = new_player()
    answers = {"total": 999_990}

    def with_total(route: Any) -> None:
        answer = route.fetch()
        body = answer.json()
        for holder, key in ((body, "total_clicks"), (body.get("totals", {}), "clicks")):
            if key in holder:
                holder[key] = answers["total"]
        route.fulfill(response=answer, json=body)

    for path in ("**/sessions", "**/clicks", "**/heartbeat"):
        player.page.route(path, with_total)
    player.open()
    page = player.page
    page.evaluate(KEEP_MOMENTS)
    expect(page.locator("[data-testid=goal]")).to_have_text("Goal: 1,000,000")
    answers["total"] = 1_000_003
    player.tap()
    player.until(lambda: "Together: 1,000,000 taps!" in _moments(page), "the celebration")
    expect(page.locator("[data-testid=goal]")).to_have_text("Goal: 2,000,000")
    page.reload()
    player.wait_status("online")
    assert page.locator("[data-testid=moment]").count() == 0
    page.evaluate(KEEP_MOMENTS)
    player.tap()
    player.until(lambda: player.total() >= 1_000_003, "the total")
    assert not [said for said in _moments(page) if "Together" in said]


def test_banned_player_reads_why_and_whom_to_write_to(new_player: NewPlayer, miniapp_game: Game) -> None:
    player = new_player()
    player_id = _play(miniapp_game, player.id, f"b{player.id}", 7)
    player.open()
    command = [sys.executable, "-c", "from tapstack.cli import main; main()", "--state", str(miniapp_game.state_dir)]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "HOME")}
    subprocess.run([*command, "--yes", "ban", player_id, "--reason", "a test"], check=True, env=kept)  # noqa: S603

    def refused() -> bool:
        player.come_back()
        if player.status() == "paused":
            player.at_once(1)  # The ban has ended the session, and a tap would resume it.
        return player.status() == "expired"

    player.until(refused, "a refusal")
    again = new_player(telegram_id=player.id)
    again.page.goto(again.launch_url(again.init_data(language="ru")))
    for page, said in ((player.page, "This account is blocked"), (again.page, "аккаунт заблокирован")):
        explain = page.locator("[data-testid=explain]")
        explain.get_by_text(said).first.wait_for()
        assert "@tapstack_help" in explain.inner_text()
        assert page.locator("[data-testid=tap]").count() == 0


def test_each_screen_has_one_first_heading(player: Player) -> None:
    for screen in SCREENS:
        show(player.page, screen)
        heading = player.page.locator("h1:visible")
        expect(heading).to_have_count(1)


SIZES = [(844, 390), (320, 568), (820, 1180), (667, 375)]

IN_VIEW = """(selector) => {
    const inView = ({ left, top, right, bottom }) =>
        left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
    const shown = [...document.querySelectorAll(selector)].filter((part) => part.offsetParent);
    return shown.every((part) => inView(part.getBoundingClientRect()));
}"""
COVERED = """() => {
    const { left, top, width, height } = document.querySelector("[data-testid=tap]").getBoundingClientRect();
    const points = [[.5, .06], [.06, .5], [.5, .5], [.94, .5], [.5, .94]];
    return points.some(([x, y]) => !document.elementFromPoint(left + x * width, top + y * height)?.closest(".tap"));
}"""


def test_the_whole_button_and_the_count_fit_on_the_screen(new_player: NewPlayer) -> None:
    player = new_player()
    _play(player.game, player.id, f"s{player.id}", 450)
    player.open()
    player.page.locator("[data-testid=chase-rank]").wait_for()
    for width, height in SIZES:
        player.page.set_viewport_size(ViewportSize(width=width, height=height))
        at_rest(player.page)
        shown = "[data-testid=tap], [data-testid=clicks], [data-testid=level], .tab"
        assert player.page.evaluate(IN_VIEW, shown), (width, height)
        assert not player.page.evaluate(COVERED), (width, height)
        lines = player.page.evaluate("document.querySelector('[data-testid=clicks]').getClientRects().length")
        assert lines == 1, (width, height)


def test_a_long_name_stays_readable_at_twice_the_text_size(
    browser: Browser, new_player: NewPlayer, miniapp_game: Game
) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=568), locale="en-US")
    player = new_player(context)
    _play(miniapp_game, player.id, f"Zeha_of_{player.id}", 480)
    player.open()
    player.page.evaluate("document.documentElement.style.fontSize = '200%'")
    player.page.click("[data-testid=tab-board]")
    player.page.get_by_role("button", name="Around me").click()
    name = player.page.locator("[data-testid=board] .own .name")
    name.wait_for()
    assert f"Zeha_of_{player.id}" in name.inner_text().replace("\n", "")
    cut = "(part) => part.scrollWidth > part.clientWidth + 1 || getComputedStyle(part).textOverflow === 'ellipsis'"
    assert not name.evaluate(cut)
    assert player.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
