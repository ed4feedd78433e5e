"""Heists over stores in memory: what nobody may see or do, and what happens to those that are over."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from typing import Any

import pytest
from support.calls import assert_refused
from support.economy import op_at
from support.fakes.ports import MemoryGame, MemoryPorts
from support.game import Answer, Player
from support.racing import ManualClock, race
from tapstack import composition
from tapstack.economy.catalogue import compiling
from tapstack.economy.catalogue.built_in import built_in
from tapstack.heists import closing, keeping, leases, opening, pools, rules
from tapstack.heists.chat import heist_in, question_call
from tapstack.heists.model import Heist, Kind
from tapstack.live.events import Event, encode
from tapstack.platform.calendar import DAY_MS
from tapstack.platform.errors import Conflict, StoreUnavailable
from tapstack.platform.one_by_one import LATER_MS
from tapstack.players.model import ModerationStatus

GROUP = -1_001
DATA = pools.data()


class Heard:
    """Keeps every live event as it is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def to_room(self, room: str, event: Event, about: str = "") -> None:  # noqa: ARG002
        self.sent.append(room + encode(event).decode())

    def to_player(self, player_id: str, event: Event) -> None:
        self.sent.append(player_id + encode(event).decode())


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def game(clock: ManualClock) -> Any:
    made = MemoryGame(MemoryPorts(clock))
    made.stores.live = Heard()  # type: ignore[assignment]
    yield made
    composition.use(None)


def next_slot(clock: ManualClock, kind: Kind) -> rules.Slot:
    coming = rules.slots(DATA.schedule, clock() + 1, clock() + 8 * DAY_MS)
    return next(one for one in coming if one.planned.kind is kind)


def ask(player: Player, method: str = "GET", path: str = "/heists", body: Any = None, heist: str = "") -> Answer:
    places = {"heist": heist} if heist else None
    return player.game.call("crews", method, path, body, headers=player.headers, places=places)


def say(player: Player, heist: str, text: str, op: str) -> Answer:
    return ask(player, "POST", "/heists/{heist}/answer", {"op": op, "answer": text}, heist)


def judge(game: MemoryGame, player: Player, status: ModerationStatus) -> None:
    accounts = game.stores.players.accounts
    accounts[player.id] = replace(accounts[player.id], status=status)


def secrets() -> list[str]:
    """All questions and answers that are long enough to be told from other texts."""
    pools = DATA.pools
    found = [text for question in pools.trivia for text in (question.en[0], question.ru[0])]
    found += [text for riddle in pools.riddles for text in (riddle.en[0], riddle.ru[0])]
    return found + [text for phrase in pools.phrases for text in (phrase.en, phrase.ru)]


def test_nothing_of_a_question_leaves_before_its_time_nor_its_answer(
    game: MemoryGame, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slot = next_slot(clock, Kind.SCRAMBLE)
    clock.now_ms = slot.starts_ms - 1
    ada = game.sign_in(1)
    early = say(ada, slot.id, "anything", op_at(clock()))
    assert_refused(early, 409, "heist_not_begun")
    before = [json.dumps(ask(ada).body, ensure_ascii=False), str(early.body), *game.stores.live.sent]  # type: ignore[attr-defined]
    before += [compiling.compiled(built_in())[1].decode(), caplog.text]
    assert not [text for text in secrets() for payload in before if text in payload]
    assert game.stores.heists.get(slot.id) is None, "nobody has chosen a question yet"
    clock.now_ms = slot.starts_ms
    view = ask(ada)
    stored = game.stores.heists.get(slot.id)
    assert stored
    said = say(ada, slot.id, "wrong", op_at(clock()))
    payloads = [json.dumps(view.body, ensure_ascii=False), str(said.body), *game.stores.live.sent, caplog.text]  # type: ignore[attr-defined]
    answer = stored.heist.asked.answer
    assert view.body["running"]["question"]["text"] == {
        "en": stored.heist.asked.text.en,
        "ru": stored.heist.asked.text.ru,
    }
    for text in (answer.en, answer.ru):
        assert not [payload for payload in payloads if text.casefold() in payload.casefold()]
    clock.now_ms = slot.ends_ms
    assert answer.ru in json.dumps(ask(ada).body, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 400, None),
        ("x" * 201, 400, None),
        ("x" * 9_000, 413, None),
        ("\u200b" * 50, 200, None),
        ("答案", 200, None),
        ("\x00", 200, None),
    ],
)
def test_bad_answers_are_refused_or_wrong(
    game: MemoryGame, clock: ManualClock, text: str, status: int, code: str | None
) -> None:
    slot = next_slot(clock, Kind.RIDDLE)
    clock.now_ms = slot.starts_ms
    ada = game.sign_in(1)
    ask(ada)
    answer = say(ada, slot.id, text, op_at(clock()))
    assert (answer.status, answer.status == 200 and answer.body["right"]) == (status, False)
    assert code is None


def test_player_has_so_many_answers_and_waits_between_them(game: MemoryGame, clock: ManualClock) -> None:
    slot = next_slot(clock, Kind.RIDDLE)
    clock.now_ms = slot.starts_ms
    ada = game.sign_in(1)
    ask(ada)
    for left in (4, 3, 2, 1, 0):
        assert say(ada, slot.id, f"no {left}", op_at(clock())).body["tries_left"] == left
        if left:
            assert_refused(say(ada, slot.id, "at once", op_at(clock())), 429, "too_soon")
        clock.advance(1)
    assert_refused(say(ada, slot.id, "one more", op_at(clock())), 409, "no_tries_left")


def test_suspects_take_no_part_and_are_paid_nothing_while_they_are(game: MemoryGame, clock: ManualClock) -> None:
    slot = next_slot(clock, Kind.RIDDLE)
    clock.now_ms = slot.starts_ms
    ada, bob = game.sign_in(1), game.sign_in(2)
    ask(ada)
    say(ada, slot.id, "no", op_at(clock()))
    for who in (ada, bob):
        judge(game, who, ModerationStatus.SUSPECT)
    assert_refused(say(bob, slot.id, "no", op_at(clock())), 403, "heist_barred")
    clock.now_ms = slot.ends_ms
    assert_refused(ask(ada, "POST", "/heists/{heist}/claim", None, slot.id), 403, "heist_barred")
    judge(game, ada, ModerationStatus.GOOD)
    assert ask(ada, "POST", "/heists/{heist}/claim", None, slot.id).body["coins"] > 0


def test_clock_that_jumps_opens_nothing_early_and_nothing_again(game: MemoryGame, clock: ManualClock) -> None:
    slot = next_slot(clock, Kind.RIDDLE)
    game.stores.live_heists.clock = lambda: slot.starts_ms - 1  # Redis's clock, which is right
    clock.now_ms = slot.starts_ms
    ada = game.sign_in(1)
    assert ask(ada).body["running"] is None
    game.stores.live_heists.clock = clock
    clock.advance(2)
    assert ask(ada).body["running"]["id"] == slot.id
    clock.now_ms = slot.ends_ms
    keeping.keep(game.stores)
    clock.now_ms = slot.starts_ms + 5_000
    assert_refused(say(ada, slot.id, "late", op_at(clock())), 409, "heist_over")


def test_group_starts_one_heist_at_a_time_and_hears_what_came_of_it(game: MemoryGame, clock: ManualClock) -> None:
    ports = game.stores
    first = opening.begin_in_group(ports, GROUP, "ru")
    assert opening.begin_in_group(ports, GROUP, "en") == first
    call = question_call(first.heist, clock())
    assert heist_in(call["text"]) == first.heist.id
    players = [game.sign_in(n) for n in (1, 2, 3)]
    for player in players:
        assert say(player, first.heist.id, first.heist.asked.answer.ru, op_at(clock())).body["right"]
    with pytest.raises(Conflict):
        closing.close(ports, first.heist.id)
    clock.now_ms = first.heist.ends_ms
    assert keeping.keep(ports) == 1
    assert keeping.keep(ports) == 0
    result = [one for one in ports.outbox.calls.values() if first.heist.asked.answer.ru in str(one)]
    assert len(result) == 1
    with pytest.raises(Conflict) as refused:
        opening.begin_in_group(ports, GROUP, "ru")
    assert refused.value.code == "heist_too_early"
    clock.now_ms = first.heist.starts_ms + DATA.schedule.groups.cooldown_s * 1_000
    second = opening.begin_in_group(ports, GROUP, "ru")
    assert second.heist.id != first.heist.id
    assert (second.heist.kind, second.heist.asked.id) != (first.heist.kind, first.heist.asked.id)


def test_who_is_slow_while_redis_is_lost_has_one_place_and_not_two(
    game: MemoryGame, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = next_slot(clock, Kind.SCRAMBLE)
    clock.now_ms = slot.starts_ms
    stores = game.stores
    ada, bob = game.sign_in(1), game.sign_in(2)
    stored = opening.begin_due(stores)
    assert stored
    right = stored.heist.asked.answer.en
    op, keep, calls = op_at(clock()), stores.heists.keep_place, iter(range(9))

    def slow(*arguments: Any) -> Any:
        """The first one to keep a place waits, while Redis is lost and Bob, then Ada's retry, take new ones."""
        if next(calls) == 0:
            stores.live_heists.live.clear()
            stores.live_heists.load(stored.heist, {})
            stores.live_heists.answer(slot.id, bob.id, op_at(clock()), rules.digest(right), right=True)
            assert say(ada, slot.id, right, op).body["rank"] == 2
        return keep(*arguments)

    monkeypatch.setattr(stores.heists, "keep_place", slow)
    assert say(ada, slot.id, right, op).body["rank"] == 2
    assert say(bob, slot.id, right, op_at(clock())).status == 409  # Bob's first answer was acknowledged by nobody
    clock.now_ms = slot.ends_ms
    result = closing.close(stores, slot.id).result
    assert result
    assert [(one.rank, one.player) for one in result.winners] == [(1, bob.id), (2, ada.id)]


def test_one_run_settles_the_heists_of_all_groups_and_meets_a_broken_one_last(
    game: MemoryGame, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports, groups = game.stores, 300
    clock.now_ms = next_slot(clock, Kind.RIDDLE).starts_ms - 3_600_000  # there is no heist of the whole game
    begun = [opening.begin_in_group(ports, -number, "en").heist for number in range(1, groups + 1)]
    broken, get = begun[0].id, ports.heists.get
    clock.now_ms = begun[-1].ends_ms

    def of_another_release(heist_id: str) -> Any:
        if heist_id == broken:
            raise ValueError("of another release")
        return get(heist_id)

    monkeypatch.setattr(ports.heists, "get", of_another_release)
    with pytest.raises(ValueError, match="another release"):
        keeping.keep(ports)
    assert ports.heists.open_until() == {broken: clock() + LATER_MS}
    assert keeping.keep(ports) == 0
    monkeypatch.undo()
    clock.advance(LATER_MS // 1_000)
    assert keeping.keep(ports) == 1


def test_of_many_who_look_at_the_end_at_once_one_writes_all_shares(
    game: MemoryGame, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = game.stores
    heist = opening.begin_in_group(ports, GROUP, "en").heist
    clock.now_ms = heist.ends_ms
    runs: set[str] = set()
    put_part, close = ports.heists.put_part, ports.heists.close
    looked, closed = threading.Semaphore(0), threading.Event()

    def slow(heist: Heist, run: str, part: int, shares: Any) -> None:
        """All the others look while this one writes."""
        runs.add(run)
        assert all(looked.acquire(timeout=20) for _ in range(15))
        put_part(heist, run, part, shares)

    def known(*arguments: Any) -> bool:
        done = close(*arguments)
        closed.set()
        return done

    def wait(_: float) -> None:
        looked.release()
        closed.wait(20)

    monkeypatch.setattr(ports.heists, "put_part", slow)
    monkeypatch.setattr(ports.heists, "close", known)
    results = race(16, lambda _: closing.close(ports, heist.id, pause=wait).result)
    assert len(runs) == len({str(result) for result in results}) == 1


def test_who_closes_a_heist_and_fails_leaves_it_to_the_next(
    game: MemoryGame, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = game.stores
    heist = opening.begin_in_group(ports, GROUP, "en").heist
    clock.now_ms = heist.ends_ms

    def unavailable(*_: object) -> None:
        raise StoreUnavailable("no store", retry_after_s=1)

    with monkeypatch.context() as broken:
        broken.setattr(ports.heists, "put_part", unavailable)
        with pytest.raises(StoreUnavailable):
            closing.close(ports, heist.id)
    assert closing.close(ports, heist.id).result is not None


def test_who_waits_too_long_for_another_who_closes_is_told_to_come_again(game: MemoryGame, clock: ManualClock) -> None:
    ports = game.stores
    waits: list[float] = []
    heist = opening.begin_in_group(ports, GROUP, "en").heist
    clock.now_ms = heist.ends_ms
    ports.leases.claim(leases.closing(heist.id), 1, "killed")
    with pytest.raises(StoreUnavailable):
        closing.close(ports, heist.id, pause=waits.append)
    assert len(waits) == closing.WAITS
