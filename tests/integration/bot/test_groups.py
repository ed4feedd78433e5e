"""A group that taps together: over real stores, through a local Telegram."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.chat import BotGame
from support.waiting import wait_until
from tapstack.groups.saving import save_taps
from tapstack.moderation import status as moderation
from tapstack.players.model import ModerationStatus
from telegram_local.testing import Group, Message, Person

_ids = itertools.count(8_400_001)


@pytest.fixture(params=["one container", "fresh containers", "every update twice"], autouse=True)
def way(request: pytest.FixtureRequest, bot: BotGame) -> str:
    bot.fresh = request.param == "fresh containers"
    bot.twice = request.param == "every update twice"
    return str(request.param)


def person(bot: BotGame, first_name: str, language: str = "en") -> Person:
    return bot.telegram.user(next(_ids), first_name=first_name, language_code=language)


def friends(bot: BotGame, language: str = "en") -> tuple[Person, Person, Group]:
    ada, bob = person(bot, "Ada", language), person(bot, "Bob", language)
    return ada, bob, bot.telegram.group(ada, "Friends", bob)


def tap(who: Person, group: Group, panel: Message, times: int = 1) -> str:
    """Taps at the panel; what the last toast says."""
    return str([who.press(panel, "+1", chat=group.id).toast()["text"] for _ in range(times)][-1])


def save(bot: BotGame) -> None:
    bot.game.run("sync")


def panel_of(who: Person, group: Group, expected: Callable[[str], bool], message_id: int = 0) -> Message:
    return who.wait_for(lambda m: expected(m.text) and message_id in (0, m.id), chat=group.id)


def bot_messages(who: Person, chat: int) -> list[Message]:
    return [m for m in who.messages(chat) if m.from_bot]


def test_group_taps_together_and_sees_who_is_ahead(bot: BotGame) -> None:
    ada, bob, group = friends(bot)
    hello = ada.wait_for_text("Hello, everybody!", chat=group.id)
    toasts = tap(ada, group, hello, 3), tap(bob, group, hello)
    assert toasts == ("+1 → 3", "+1 → 1") or bot.twice, "a lost answer is not known from one that was too fast"
    save(bot)
    shown = panel_of(ada, group, lambda text: "Today: 4" in text and "All time: 4" in text, hello.id).text
    first, second = shown.index("🥇"), shown.index("🥈")
    assert (shown[first:].startswith("🥇 Swift") or " · 3" in shown[first:second], " · 1" in shown[second:]) == (
        True,
        True,
    )
    ada.send("/tap", chat=group.id)
    again = panel_of(ada, group, lambda text: "Tap together!" in text and "Today: 4" in text)
    tap(ada, group, again, 2)
    save(bot)
    panel_of(bob, group, lambda text: "Today: 6" in text, again.id)
    bob.send("/top", chat=group.id)
    top = bob.wait_for_text("This group", chat=group.id)
    assert ("All time: 6" in top.text, " · 5" in top.text) == (True, True)
    assert bot.game.sign_in(ada.id).tap(0).body["clicks"] == 5, "the taps are the player's own"


def test_taps_of_many_at_once_all_count(bot: BotGame) -> None:
    ada, bob, group = friends(bot)
    hello = ada.wait_for_text("Hello, everybody!", chat=group.id)
    people = [ada, bob, *(person(bot, "Cid") for _ in range(4))]
    for other in people[2:]:
        bot.telegram.act("join", user=other.id, chat=group.id)
    with ThreadPoolExecutor(6) as pool:
        saving = pool.submit(lambda: [save_taps(bot.stores) for _ in range(20)])
        list(pool.map(lambda who: tap(who, group, hello, 5), people))
        saving.result()
    save_taps(bot.stores)
    assert sum(saved.share.taps for saved in bot.stores.groups.get(group.id).own.values()) == 30
    panel_of(ada, group, lambda text: "Today: 30" in text, hello.id)


def test_group_is_greeted_once_however_often_the_bot_is_added(bot: BotGame) -> None:
    ada, _, group = friends(bot, "ru")
    ada.wait_for_text("Всем привет!", chat=group.id)
    for _ in range(2):
        group.remove_bot()
        group.add_bot()
    ada.send("/tap", chat=group.id)
    ada.wait_for_text("Тапаем вместе!", chat=group.id)
    assert sum("Всем привет!" in m.text for m in bot_messages(ada, group.id)) == 1


def test_group_keeps_its_board_as_a_supergroup(bot: BotGame) -> None:
    ada, bob, group = friends(bot)
    hello = ada.wait_for_text("Hello, everybody!", chat=group.id)
    tap(ada, group, hello, 2)
    save(bot)
    tap(bob, group, hello)
    upgraded = group.upgrade()
    bot.telegram.settle()
    ada.send("/tap", chat=upgraded.id)
    panel = ada.wait_for_text("Tap together!", chat=upgraded.id)
    assert "All time: 2" in panel.text
    tap(ada, upgraded, panel)
    save(bot)
    panel_of(ada, upgraded, lambda text: "Today: 4" in text and "All time: 4" in text, panel.id)
    assert not any("Hello" in m.text for m in bot_messages(ada, upgraded.id))


def test_banned_and_hidden_players_are_treated_as_on_other_boards(bot: BotGame) -> None:
    ada, bob, group = friends(bot)
    hello = ada.wait_for_text("Hello, everybody!", chat=group.id)
    tap(ada, group, hello, 2)
    tap(bob, group, hello, 3)
    moderation.set_status(bot.stores, bot.game.sign_in(ada.id).id, ModerationStatus.BANNED, ["a program"])
    wait_until("the ban is in force", lambda: "blocked" in tap(ada, group, hello))
    moderation.set_status(bot.stores, bot.game.sign_in(bob.id).id, ModerationStatus.SHADOW, ["a program"])
    assert tap(bob, group, hello) == "+1 → 4" or bot.twice, "who is hidden notices nothing"
    cid = person(bot, "Cid")
    bot.telegram.act("join", user=cid.id, chat=group.id)
    tap(cid, group, hello)
    save(bot)
    shown = panel_of(ada, group, lambda text: "Today: 1" in text, hello.id).text
    assert ("🥇" in shown, "🥈" in shown) == (True, False)


def test_lost_redis_takes_only_what_was_not_saved_from_a_group(bot: BotGame) -> None:
    ada, _, group = friends(bot)
    hello = ada.wait_for_text("Hello, everybody!", chat=group.id)
    tap(ada, group, hello, 3)
    save(bot)
    panel_of(ada, group, lambda text: "Today: 3" in text, hello.id)
    bot.stores.redis.delete("{groups}:waiting", "{groups}:batch")
    tap(ada, group, hello)
    save(bot)
    panel_of(ada, group, lambda text: "Today: 4" in text, hello.id)
