"""Shares of older heists: found by whoever has one, over the API and in the chat, by bounded reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec
import pytest
from support.calls import assert_refused
from support.fakes.economy import MemoryWallets
from support.fakes.heists import provided
from support.fakes.ports import MemoryGame, MemoryPorts
from support.game import Answer, Player
from support.memory_chat import Talker, buttons
from support.racing import ManualClock
from tapstack import composition
from tapstack.economy.sharing import IN_GROUPS_A_DAY
from tapstack.heists import pools, rules
from tapstack.heists.chat import CLAIM
from tapstack.heists.model import Result, Stored
from tapstack.heists.reading import OLDER, PAST, HeistReader
from tapstack.heists.scenes import heist as heist_scene
from tapstack.platform.calendar import DAY_MS

COINS, GROUP = 7, -1_009
AT_NIGHT_MS = 1_795_400_000_000
"""2026-11-23 02:13: no heist runs."""

SCHEDULE = pools.data().schedule


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT_NIGHT_MS)


@pytest.fixture
def game(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryGame]:
    monkeypatch.setattr(heist_scene, "reader", HeistReader())
    made = MemoryGame(MemoryPorts(clock))
    made.stores.wallets = MemoryWallets(made.stores.commons)
    yield made
    composition.use(None)


def over(game: MemoryGame, takers: dict[int, str]) -> list[rules.Slot]:
    """All heists whose shares can be claimed, the latest first, with those who have a share of the n-th."""
    now_ms, heists = game.stores.clock(), game.stores.heists
    slots = list(rules.claimable(SCHEDULE, now_ms, now_ms))
    for number, slot in enumerate(slots):
        heist = msgspec.structs.replace(provided(), id=slot.id, starts_ms=slot.starts_ms, ends_ms=slot.ends_ms)
        result = Result(closed_ms=slot.ends_ms, pool=COINS, players=1, right=1, wrong=0, winners=(), run="r", parts=1)
        heists.stored[slot.id] = Stored(heist, {}, result)
        heists.put_part(heist, "r", 0, {takers[number]: COINS} if number in takers else {})
    return slots


def ask(player: Player, cursor: str | None = None) -> Answer:
    return player.game.call(
        "crews", "GET", "/heists", headers=player.headers, query={"cursor": cursor} if cursor else None
    )


def claim(player: Player, heist_id: str) -> Answer:
    return player.game.call(
        "crews", "POST", "/heists/{heist}/claim", headers=player.headers, places={"heist": heist_id}
    )


def older(player: Player) -> list[str]:
    """The ids of all older heists whose share the player can claim."""
    found, cursor = [], ask(player).body["cursor"]
    while cursor:
        view = ask(player, cursor).body
        found += [one["id"] for one in view["past"]]
        assert view["cursor"] is None or int(view["cursor"]) < int(cursor)
        cursor = view["cursor"]
    return found


def test_share_is_found_as_long_as_it_can_be_claimed_and_by_its_player_alone(
    game: MemoryGame, clock: ManualClock
) -> None:
    ada, bob = game.sign_in(1), game.sign_in(2)
    slots = over(game, {PAST: ada.id, OLDER + PAST: ada.id, 150: bob.id})
    oldest = slots[-1]
    game.stores.heists.parts[oldest.id, "r", 0] = {ada.id: COINS}
    assert oldest.ends_ms - (clock() - rules.KEPT_MS) <= DAY_MS, "35 days back"
    assert [one["id"] for one in ask(ada).body["past"]] == [slot.id for slot in slots[:PAST]]
    assert older(ada) == [slots[PAST].id, slots[OLDER + PAST].id, oldest.id]
    assert older(bob) == [slots[150].id]
    assert claim(ada, oldest.id).body["coins"] == COINS
    assert older(ada) == [slots[PAST].id, slots[OLDER + PAST].id]
    assert claim(ada, slots[150].id).status == 404


def test_an_answer_reads_so_many_heists_and_no_more(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = game.sign_in(1)
    slots = over(game, {})
    for slot in slots:
        game.stores.heists.parts[slot.id, "r", 0] = {ada.id: COINS}
    heists, read = game.stores.heists, []
    get_many, shares = heists.get_many, heists.shares

    def heists_read(ids: Sequence[str]) -> dict[str, Stored]:
        read.append(len(ids))
        return get_many(ids)

    def shares_read(closed: Sequence[Stored], player_id: str) -> dict[str, int]:
        read.append(len(closed))
        return shares(closed, player_id)

    cursor = ask(ada).body["cursor"]
    monkeypatch.setattr(heists, "get_many", heists_read)
    monkeypatch.setattr(heists, "shares", shares_read)
    assert len(ask(ada, cursor).body["past"]) == OLDER
    assert read == [OLDER, OLDER]


@pytest.mark.parametrize("cursor", ["x", "-1", "1e9", "9" * 16, "٣"])
def test_bad_cursor_is_refused(game: MemoryGame, cursor: str) -> None:
    assert_refused(ask(game.sign_in(1), cursor), 400)


@pytest.mark.parametrize("cursor", ["0", "9" * 15])
def test_cursor_of_no_answer_shows_nothing_else(game: MemoryGame, clock: ManualClock, cursor: str) -> None:
    ada = game.sign_in(1)
    slots = over(game, {})
    game.stores.heists.parts[slots[0].id, "r", 0] = {ada.id: COINS}
    clock.now_ms = slots[0].ends_ms
    found = [one["id"] for one in ask(ada, cursor).body["past"]]
    assert found == ([] if cursor == "0" else [slots[0].id])


def test_older_share_is_found_and_taken_in_the_chat(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    slots = over(game, {100: ada.id})
    talker = Talker(game, 1)
    shown = talker.say("/heist")
    assert "🔎 Older shares" in buttons(shown)
    found = talker.press("Older shares")
    assert "not taken yet" in found["text"]
    assert buttons(found)[:2] == ["💰 Riddle: 7 coins", "🔎 Older shares"]
    again = f"heist:take:{slots[100].id}"
    assert "7 coins are yours" in talker.press("Riddle: 7 coins")["text"]
    assert "7 coins are yours" in talker.send(again)["text"], "pressed twice"
    assert "taken all" in talker.press("Older shares")["text"]


@pytest.mark.parametrize("argument", ["", "x", "9" * 40])
def test_forged_button_is_answered(game: MemoryGame, argument: str) -> None:
    game.sign_in(1)
    assert "taken all" in Talker(game, 1).send(f"heist:older:{argument}")["text"]


def test_screens_read_what_all_players_see_once(game: MemoryGame, monkeypatch: pytest.MonkeyPatch) -> None:
    for user_id in (1, 2):
        game.sign_in(user_id)
    over(game, {})
    heists, read = game.stores.heists, []
    get_many = heists.get_many

    def counted(ids: Sequence[str]) -> dict[str, Stored]:
        read.append(ids)
        return get_many(ids)

    monkeypatch.setattr(heists, "get_many", counted)
    for user_id in (1, 2):
        Talker(game, user_id).say("/heist")
    assert len(read) == 1


def test_slots_go_back_in_time_one_by_one_and_end_with_what_is_kept() -> None:
    now_ms = 1_795_400_000_000
    found = list(rules.claimable(SCHEDULE, now_ms, now_ms))
    expected = rules.slots(SCHEDULE, now_ms - 40 * DAY_MS, now_ms)
    assert found == [one for one in reversed(expected) if now_ms - rules.KEPT_MS < one.ends_ms <= now_ms]
    for number in (1, 9, 100):
        before_ms = found[number - 1].starts_ms
        assert list(islice(rules.claimable(SCHEDULE, before_ms, now_ms), 3)) == found[number : number + 3]


def test_button_in_a_group_says_when_a_share_too_many_can_be_taken(game: MemoryGame) -> None:
    ada, heists = game.sign_in(1), game.stores.heists
    talker = Talker(game, 1)
    for number in range(IN_GROUPS_A_DAY + 1):
        heist_id = f"g20261122-{'a' * 12}{'bcdefghij'[number]}"
        heist = msgspec.structs.replace(provided(), id=heist_id, ends_ms=2, chat_id=GROUP)
        result = Result(closed_ms=2, pool=COINS, players=1, right=1, wrong=0, winners=(), run="r", parts=1)
        heists.stored[heist_id] = Stored(heist, {}, result)
        heists.put_part(heist, "r", 0, {ada.id: COINS})
        talker.send(f"{CLAIM}{heist_id}", GROUP)
        expected = "7 coins are yours." if number < IN_GROUPS_A_DAY else "Take this one in 22 h."
        assert talker.toast.endswith(expected)
