"""Factions, rallies, duels and raids as people play them in the chat: over real stores, through a local Telegram."""

from __future__ import annotations

import itertools

from support.chat import BotGame
from support.economy_players import give, give_taps
from tapstack.duels import rules as duels
from tapstack.economy.performing import whole
from tapstack.platform.calendar import DAY_MS, Period
from tapstack.rallies import rules
from telegram_local.testing import Message, Person

_ids = itertools.count(8_900_001)


def person(bot: BotGame, first_name: str) -> tuple[Person, str]:
    """Somebody who has played before."""
    someone = bot.telegram.user(next(_ids), first_name=first_name, language_code="en")
    return someone, bot.game.sign_in(someone.id, first_name=first_name).id


def press(who: Person, message: Message, button: str, expected: str) -> Message:
    """Presses a button and waits for what the message shows then."""
    pressed = who.press(message, button)
    found = who.wait_for(lambda m: m.id == message.id and expected in m.text)
    pressed.toast()
    return found


def test_faction_is_founded_joined_by_its_link_and_given_to(bot: BotGame) -> None:
    bot.fresh = bot.twice = True
    ada, ada_id = person(bot, "Ada")
    give(bot.stores, ada_id, 1_600)
    ada.send("/faction")
    ways = ada.wait_for_text("You are in no faction")
    press(ada, ways, "Found one", "Write its name")
    ada.send("Grey Herons")
    card = ada.wait_for_text("Grey Herons is founded")
    assert "You lead it" in card.text
    donate = press(ada, card, "Donate", "Give to the treasury")
    given = press(ada, donate, "500 🪙", "500 🪙 given")
    assert whole(bot.stores, ada_id).holdings.wallet.coin == 100
    invite = press(ada, press(ada, given, "Faction", "Treasury: 500"), "Invite", "?start=fac_")
    start = invite.text.split("?start=")[1].split()[0]
    bob, bob_id = person(bot, "Bob")
    bob.send(f"/start {start}")
    joined = press(bob, bob.wait_for_text("You are invited"), "Join", "You have joined")
    assert bot.stores.factions.membership(bob_id).membership.faction
    press(bob, press(bob, joined, "Map", "Harbour: free"), "Harbour", "You tap for Harbour now")


def test_group_rallies_and_hears_of_the_end(bot: BotGame) -> None:
    (ada, _), (bob, bob_id) = person(bot, "Ada"), person(bot, "Bob")
    group = bot.telegram.group(ada, "Friends", bob)
    ada.wait_for_text("Hello, everybody!", chat=group.id)
    ada.send("/rally", chat=group.id)
    rally = ada.wait_for_text("Rally!", chat=group.id)
    assert "+1 → 1" in ada.press(rally, "+1", chat=group.id).toast()["text"]
    assert bob.press(rally, "+1", chat=group.id).toast()["text"] == "You are in! +1 → 1"
    bot.game.run("sync")
    shares = bot.stores.groups.get(group.id).own.values()
    assert sum(saved.share.taps for saved in shares) == 2, "they count for the group as well"
    bot.game.run("maintenance")
    bob.wait_for(lambda m: m.id == rally.id and "2 taps" in m.text and "2 players" in m.text, chat=group.id)
    bob.send("/rally", chat=group.id)
    bob.wait_for(lambda m: m.id != rally.id and "Rally!" in m.text, chat=group.id)
    stores = bot.stores
    known = stores.rallies.in_group(group.id)
    assert known is not None
    stores.clock = lambda now=stores.clock: now() + 15 * 60_000 + rules.GRACE_MS  # type: ignore[misc]
    for _ in range(2):
        bot.game.run("maintenance")
    over = ada.wait_for(lambda m: m.id > rally.id and "The rally is over" in m.text, chat=group.id)
    assert "No step was reached" in over.text
    bot.telegram.settle()
    assert sum("The rally is over" in m.text for m in ada.messages(group.id) if m.id > rally.id) == 1
    assert list(stores.rallies.groups()) == []
    assert whole(stores, bob_id).holdings.wallet.coin == 0


def test_group_duels_and_hears_who_has_won(bot: BotGame) -> None:
    (ada, _), (bob, _) = person(bot, "Ada"), person(bot, "Bob")
    group = bot.telegram.group(ada, "Friends", bob)
    ada.wait_for_text("Hello, everybody!", chat=group.id)
    ada.send("/duel", chat=group.id)
    offered = ada.wait_for_text("challenges you to a duel", chat=group.id)
    assert "Accepted!" in bob.press(offered, "Accept", chat=group.id).toast()["text"]
    going = bob.wait_for(lambda m: m.id == offered.id and "against" in m.text, chat=group.id)
    stores = bot.stores
    now = stores.clock
    stores.clock = lambda: now() + duels.COUNTDOWN_MS
    bot.game.run("sync", {"Records": [{"messageId": "1", "body": '{"kind": "duels"}'}]})
    assert bob.press(going, "+1", chat=group.id).toast()["text"] == "+1 → 1"
    stores.clock = lambda: now() + duels.COUNTDOWN_MS + duels.DUEL_MS + duels.GRACE_MS
    for _ in range(2):
        bot.game.run("sync", {"Records": [{"messageId": "2", "body": '{"kind": "duels"}'}]})
    assert "wins!" in ada.wait_for(lambda m: m.id > going.id and "wins!" in m.text, chat=group.id).text
    shown = ada.wait_for(lambda m: m.id == offered.id and "wins!" in m.text, chat=group.id)
    assert shown.buttons == []
    assert sum("wins!" in m.text for m in ada.messages(group.id) if m.id > offered.id) == 1
    assert list(stores.duels.talked(2**52)) == []


def test_raider_takes_the_loot_and_the_victim_is_told(bot: BotGame) -> None:
    stores = bot.stores
    (ada, ada_id), (_, bob_id) = person(bot, "Ada"), person(bot, "Bob")
    real = stores.clock
    to_midweek_ms = Period.WEEK.start_ms(Period.WEEK.number_at(real()) + 1) + 3 * DAY_MS - real()
    stores.clock = lambda: real() + to_midweek_ms  # targets are found on the week's board: it must not end meanwhile
    for player_id in (ada_id, bob_id):
        give_taps(stores, player_id, 1_000)
        give(stores, player_id, 10)
    give(stores, bob_id, arcade=1)
    now = stores.clock
    stores.clock = lambda: now() + 8 * 3_600_000
    ada.send("/raid")
    shown = ada.wait_for_text("You have 4 raids left")
    done = press(ada, shown, "1", "coins are yours!")
    assert "You have 3 raids left" in done.text
    assert whole(stores, ada_id).holdings.wallet.coin > 10
    assert [notice.kind for notice in stores.inbox.read(bob_id, stores.clock()).notices] == ["raid"]
