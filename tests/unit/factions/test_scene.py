"""Factions in a private chat: what each screen says and offers, and what old, foreign and double presses bring."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.fakes.economy import MemoryWallets
from support.fakes.ports import MemoryGame
from support.memory_chat import Talker, buttons
from support.racing import ManualClock
from tapstack.economy.commands import Grant
from tapstack.economy.performing import carry_out
from tapstack.factions import joining, reading
from tapstack.factions.changing import known
from tapstack.factions.model import Entrance, Held, Role, WeekOver
from tapstack.factions.rules import with_role
from tapstack.platform.calendar import Period


@pytest.fixture
def chat(game: MemoryGame) -> MemoryGame:
    """A game in which nobody is in a faction yet."""
    game.stores.commons.provided = lambda _: None
    game.stores.wallets = MemoryWallets(game.stores.commons)
    return game


def person(game: MemoryGame, user_id: int, coins: int = 0, language: str = "en") -> tuple[Talker, str]:
    player_id = game.sign_in(user_id).id
    if coins:
        carry_out(game.stores, player_id, "test#coins", Grant(account="mint:tests", coin=coins))
    return Talker(game, user_id, language), player_id


def founded(game: MemoryGame, user_id: int = 1, name: str = "Red <3 Foxes") -> tuple[Talker, str]:
    talker, player_id = person(game, user_id, coins=5_000)
    talker.say("/faction")
    talker.press("Found one")
    assert "is founded" in talker.say(name.replace("<3 ", ""))["text"]
    return talker, player_id


def faction_of(game: MemoryGame, player_id: str) -> str:
    return game.stores.factions.membership(player_id).membership.faction


def coins(game: MemoryGame, player_id: str) -> int:
    snapshot = game.stores.wallets.read(player_id)
    assert snapshot
    return snapshot.holdings.wallet.coin


def test_founder_sees_the_card_of_their_faction(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    card = ada.say("/faction")
    assert "<b>Red Foxes</b> · level 1" in card["text"]
    assert "You lead it" in card["text"]
    assert "Members: 1 of 15" in card["text"]
    assert "Treasury: 0" in card["text"]
    assert f"👑 \u2063{ada_id}\u2063 · 0" in card["text"]
    assert {"🗺 Map", "💰 Donate", "📨 Requests (0)", "🚪 Leave"} <= set(buttons(card))
    assert coins(chat, ada_id) == 4_000


def test_text_that_comes_again_founds_and_costs_once(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    ada.say("/faction")
    ada.send("faction:name")
    assert "You are in a faction already" in ada.say("Blue Foxes")["text"]
    assert coins(chat, ada_id) == 4_000


@pytest.mark.parametrize(
    ("name", "said"),
    [("x", "3 to 24 letters"), ("<b>bold</b>", "3 to 24 letters"), ("admin", "reserved"), ("red foxes", "is taken")],
)
def test_name_that_cannot_be_is_explained_and_asked_for_again(chat: MemoryGame, name: str, said: str) -> None:
    founded(chat)
    bob, bob_id = person(chat, 2, coins=5_000)
    bob.send("faction:name")
    again = bob.say(name)
    assert (said in again["text"], "Write its name" in again["text"]) == (True, True)
    assert "is founded" in bob.say("Blue Owls")["text"]
    assert coins(chat, bob_id) == 4_000


def test_founding_takes_its_price(chat: MemoryGame) -> None:
    bob, bob_id = person(chat, 2, coins=10)
    bob.send("faction:name")
    assert "It takes 1,000 🪙, and you have 10" in bob.say("Blue Owls")["text"]
    assert faction_of(chat, bob_id) == ""


def test_player_finds_a_faction_by_name_asks_and_is_let_in(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    bob, bob_id = person(chat, 2)
    assert "in no faction" in bob.say("/faction")["text"]
    bob.press("Find")
    assert "No faction begins with" in bob.say("<zzz>")["text"]
    assert "&lt;zzz&gt;" in bob.shown["text"]
    assert "Red Foxes" in str(buttons(bob.say("red")))
    bob.press("Red Foxes")
    assert "An officer decides" in bob.shown["text"]
    assert "Your request is there" in bob.press("Ask to join")["text"]
    assert "Take back: Red Foxes" in str(buttons(bob.shown))
    ada.say("/faction")
    ada.press("Requests (1)")
    assert chat.stores.factions.membership(bob_id).membership.faction == ""
    accept = [one for row in ada.shown["reply_markup"]["inline_keyboard"] for one in row][0]["callback_data"]
    assert "is a member now" in ada.press("✅ 1")["text"]
    assert faction_of(chat, bob_id) == faction_of(chat, ada_id)
    assert "is a member now" in ada.send(accept)["text"], "pressed twice"
    assert "You are a member" in bob.say("/faction")["text"]
    assert "Requests" not in str(buttons(bob.shown))


def test_request_is_declined_or_taken_back(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    bob, bob_id = person(chat, 2)
    for decide in ("decline", "withdraw"):
        bob.send(f"faction:join:{faction_of(chat, ada_id)}")
        if decide == "decline":
            ada.send("faction:requests")
            assert "is not let in" in ada.press("✖️ 1")["text"]
        else:
            assert "taken back" in bob.press("Take back")["text"]
        assert chat.stores.factions.membership(bob_id).membership.asked == ()


def test_link_leads_to_its_faction_and_lets_in_at_once(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    ada.say("/faction")
    text = ada.press("Invite")["text"]
    start = text.split("?start=")[1]
    assert text.count("https://t.me/tapstack_test_bot?start=fac_") == 1
    cyd = Talker(chat, 3)
    assert "You are invited" in cyd.say(f"/start {start}")["text"], "a new player, too"
    assert "You have joined <b>Red Foxes</b>" in cyd.press("Join")["text"]
    assert faction_of(chat, chat.sign_in(3).id) == faction_of(chat, ada_id)
    assert "in this faction already" in cyd.say(f"/start {start}")["text"]


@pytest.mark.parametrize("start", ["fac_", "fac_0123456789ab_zzzz", "fac_nothing", "fac_0123456789ab_<b>", "fac"])
def test_link_of_no_faction_is_answered(chat: MemoryGame, start: str) -> None:
    person(chat, 1)
    assert "no such faction" in Talker(chat, 1).say(f"/start {start}")["text"]


def test_members_give_to_the_treasury_once_for_each_press(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    ada.say("/faction")
    ada.press("Donate")
    data = [one for row in ada.shown["reply_markup"]["inline_keyboard"] for one in row if one["text"] == "500 🪙"]
    assert "500 🪙 given. You have 3,500 🪙 left." in ada.send(data[0]["callback_data"])["text"]
    ada.send(data[0]["callback_data"])
    assert (coins(chat, ada_id), known(chat.stores.factions, faction_of(chat, ada_id)).treasury) == (3_500, 500)
    own = faction_of(chat, ada_id)
    for amount, faction in (("500", "0" * 12), ("7", own), ("-500", own), ("9" * 20, own), ("", own)):
        assert "⚠️" in ada.send(f"faction:give:{chat.stores.clock():x}:{amount}:{faction}")["text"]
    assert "too old" in ada.send(f"faction:give:0:500:{own}")["text"]
    assert coins(chat, ada_id) == 3_500


def test_treasury_buys_a_perk_once(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    faction = faction_of(chat, ada_id)
    for _ in range(2):
        ada.send("faction:donate")
        ada.press("1,000 🪙")
        chat.stores.clock = ManualClock(chat.stores.clock() + 1_000)
    ada.send("faction:perks")
    bought = ada.press("Ember")
    assert "The faction has Ember now" in bought["text"]
    assert "✅ Ember" in bought["text"]
    ada.send("faction:perk:7d0:colour_ember")
    assert known(chat.stores.factions, faction).treasury == 0
    assert "The treasury has 0 🪙 of 2,000" in ada.send("faction:perk:7d0:colour_moss")["text"]


def test_members_without_a_role_decide_nothing(chat: MemoryGame) -> None:
    _, ada_id = founded(chat)
    faction = faction_of(chat, ada_id)
    bob, bob_id = person(chat, 2)
    joining.join(chat.stores, bob_id, faction, known(chat.stores.factions, faction).faction.code)
    _, cyd_id = person(chat, 3)
    joining.join(chat.stores, cyd_id, faction)
    for data in (f"faction:yes:{cyd_id}:{faction}", "faction:let:open", "faction:perk:7d0:colour_ember"):
        assert "Your role does not allow this" in bob.send(data)["text"]
    stored = known(chat.stores.factions, faction)
    assert (stored.faction.entrance, list(stored.faction.members)) == (Entrance.REQUEST, [ada_id, bob_id])


def test_officers_say_who_may_join(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    faction = faction_of(chat, ada_id)
    ada.say("/faction")
    ada.press("Who may join")
    assert "Anybody may join" in ada.press("Anybody")["text"]
    bob, bob_id = person(chat, 2)
    bob.send(f"faction:see:{faction}")
    assert "You have joined" in bob.press("Join")["text"]
    assert "Only who has its link" in ada.press("By link only")["text"]
    cyd, _ = person(chat, 3)
    assert "Join" not in str(buttons(cyd.send(f"faction:see:{faction}")))
    assert "only those who come by its link" in cyd.send(f"faction:join:{faction}")["text"]
    officer = with_role(known(chat.stores.factions, faction).faction, bob_id, Role.OFFICER)
    read = known(chat.stores.factions, faction)
    assert chat.stores.factions.write(chat.stores.factions.changed(read, officer))
    bob.send("faction:door")
    assert "An officer decides" in bob.press("By request")["text"]


def test_leaving_is_asked_about_and_followed_by_a_rest(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    faction = faction_of(chat, ada_id)
    ada.say("/faction")
    assert "You are the last one" in ada.press("Leave")["text"]
    assert faction_of(chat, ada_id) == faction
    left = ada.press("Yes, leave")
    assert "You have left <b>Red Foxes</b>" in left["text"]
    assert "You have left one: you can join the next in 24 h" in left["text"]
    assert "in no faction" in ada.send(f"faction:out:{faction}")["text"], "pressed twice"
    ada.send("faction:name")
    assert "waits a day" in ada.say("Grey Foxes")["text"]


@pytest.mark.parametrize("action", ["members", "invite", "leave:x", "donate", "perks", "perk:1:x", "requests", "door"])
def test_old_button_of_somebody_who_has_left_leads_to_the_ways_in(chat: MemoryGame, action: str) -> None:
    bob, _ = person(chat, 2)
    shown = bob.send(f"faction:{action}")
    assert ("You are not in this faction" in shown["text"], "🔎 Find" in buttons(shown)) == (True, True)


@pytest.mark.parametrize("data", ["see:", "join:", "yes:", "no:x:y", "withdraw:../", "out:", "tap:1:no", "claim:no"])
def test_forged_button_is_answered(chat: MemoryGame, data: str) -> None:
    founded(chat)
    for who in (Talker(chat, 1), person(chat, 2)[0]):
        assert who.send(f"faction:{data}")["text"]


def test_member_taps_for_a_territory_and_sees_who_leads(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    faction, stores = faction_of(chat, ada_id), chat.stores
    assert "tap for" not in str(buttons(Talker(chat, 9).send("faction:map")))
    ada.say("/faction")
    ada.press("Map")
    assert "<b>Harbour</b>: free" in ada.shown["text"]
    assert "You tap for Harbour now" in ada.press("Harbour")["text"]
    assert known(stores.factions, faction).faction.members[ada_id].territory == "harbour"
    week = Period.WEEK.number_at(stores.clock())
    stores.live_factions.show(
        reading.view(stores, ada_id, faction).card, {(Period.WEEK, week): 40}, {(week, "harbour"): 40}, ["harbour"]
    )
    assert "✅ <b>Harbour</b>: Red Foxes leads with 40" in ada.send("faction:map")["text"]
    assert "place 1" in ada.say("/faction")["text"]
    assert "🥇 Red Foxes · 40" in ada.press("Board")["text"]
    ada.send("faction:map")
    assert "You tap for no territory now" in ada.press("✅ Harbour")["text"]


def test_winner_takes_the_reward_of_a_territory_once(chat: MemoryGame) -> None:
    ada, ada_id = founded(chat)
    stores, faction = chat.stores, faction_of(chat, ada_id)
    week = Period.WEEK.number_at(stores.clock()) - 1
    over = WeekOver(week=week, held=(Held("harbour", faction, "Red Foxes", 300, 1),))
    assert stores.factions.close(over, {"harbour": [ada_id]})
    ada.send("faction:map")
    assert "<b>Harbour</b>: Red Foxes holds it" in ada.shown["text"]
    assert "Your share of Harbour: 160 🪙, 80 XP" in ada.press("Take the reward")["text"]
    assert "Take the reward" not in str(buttons(ada.shown))
    assert "Your share of Harbour" in ada.send("faction:claim:harbour")["text"], "a retry gets the first answer"
    assert coins(chat, ada_id) == 4_160
    bob, _ = person(chat, 2)
    assert "for those who have won it" in bob.send("faction:claim:harbour")["text"]


def test_it_speaks_russian(chat: MemoryGame) -> None:
    bob, _ = person(chat, 2, coins=2_000, language="ru")
    assert "без фракции" in bob.say("/faction")["text"]
    bob.press("Создать")
    assert "Фракция <b>Лисы</b> создана" in bob.say("Лисы")["text"]
    for label in ("Карта", "Фракция", "В казну", "Фракция", "Улучшения", "Фракция", "Участники", "Фракция", "Рейтинг"):
        assert bob.press(label)["text"]


def test_names_of_players_are_kept_as_mentions(chat: MemoryGame) -> None:
    """What is kept of a chat holds no name that somebody may change or have erased."""
    ada, ada_id = founded(chat)
    accounts = chat.stores.players.accounts
    accounts[ada_id] = replace(accounts[ada_id], username="ada_1")
    assert "ada_1" in ada.send("faction:members")["text"]
    assert not [one for one in chat.stores.messages.kept if "ada_1" in one.text]
