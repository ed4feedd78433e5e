"""The fakes of what players do together keep the promises of the real stores: one suite, both of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from support.economy import op_at
from support.fakes.ports import MemoryPorts
from support.game import Game
from support.racing import ManualClock, race
from tapstack.duels.model import Duel, State
from tapstack.economy.commands import Grant
from tapstack.economy.model import SharedChange
from tapstack.economy.performing import carry_out
from tapstack.factions.answers import FactionCard
from tapstack.factions.model import Closing, Contest, Entrance, Standing
from tapstack.heists.model import (
    Answered,
    Asked,
    Audience,
    Frozen,
    Heist,
    Kept,
    Kind,
    Placed,
    Prize,
    Refused,
    Result,
    Stored,
    Wait,
    Winner,
    Words,
)
from tapstack.heists.model import Standing as HeistStanding
from tapstack.live import rules as live
from tapstack.live.model import Mute, Pace, Posting, Pushing, Report
from tapstack.platform.calendar import Period
from tapstack.platform.errors import TooManyRequests
from tapstack.play.model import Counter, SessionState
from tapstack.play.rules.periods import Periods, PeriodTotal
from tapstack.players.model import Player, Shown
from tapstack.rallies.model import Rally

ADA, BOB, CYD = "a" * 16, "b" * 16, "c" * 16
ROOM = "lobby:conformance"


@pytest.fixture(params=["memory", "real"])
def stores(request: pytest.FixtureRequest, clock: ManualClock) -> Any:
    if request.param == "memory":
        return MemoryPorts(clock)
    make_game: Callable[..., Game] = request.getfixturevalue("make_game")
    return make_game(clock).stores


# -- items that players share --


def test_shared_items_change_together_or_not_at_all(stores: Any) -> None:
    commons = stores.commons
    both = [
        SharedChange("T#1", put={"n": 1, "m": {"a": 1}, "s": "x"}, where={"n": None}),
        SharedChange("T#2", put={"n": 2}, where={"n": None}),
    ]
    assert commons.change(both)
    assert not commons.change([SharedChange("T#1", put={"n": 9}, where={"n": 1}), both[1]])
    assert not commons.change([SharedChange("T#1", add={"n": 9}, there=("gone",))])
    assert commons.change(
        [SharedChange("T#1", put={"m.b": 2}, add={"n": 4, "new": 1}, drop=("m.a", "s"), where={"m.b": None})]
    )
    assert commons.change([SharedChange("T#2", where={"n": 2}, delete=True)])
    found = commons.shared(["T#1", "T#2", "T#3"])
    assert {key: {name: item[name] for name in item if name not in ("key", "v")} for key, item in found.items()} == {
        "T#1": {"n": 5, "m": {"b": 2}, "new": 1}
    }


def test_lists_have_their_items_in_order_and_in_pages(stores: Any) -> None:
    for number in (3, 1, 2):
        assert stores.commons.change([SharedChange(f"T#{number}", put={"list": "of", "sort": f"{number % 3}{number}"})])
    everything = [("03", "T#3"), ("11", "T#1"), ("22", "T#2")]
    assert stores.commons.listed("of", "", "", 9) == everything
    assert stores.commons.listed("of", "1", "", 9) == everything[1:2]
    assert stores.commons.listed("of", "", "", 1) == everything[:1]
    assert stores.commons.listed("of", "", "\n".join(everything[0]), 9) == everything[1:]
    assert stores.commons.change([SharedChange("T#1", drop=("list", "sort"))])
    assert stores.commons.listed("of", "", "", 9) == [everything[0], everything[2]]


def test_causes_are_those_of_one_player_that_begin_so(stores: Any) -> None:
    for player, cause in ((ADA, "t#1"), (ADA, "t#2"), (ADA, "u#1"), (BOB, "t#3")):
        _grant(stores, player, cause)
    assert sorted(stores.wallets.causes(ADA, "t#")) == ["t#1", "t#2"]
    assert stores.wallets.causes(CYD, "t#") == []


def _grant(stores: Any, player_id: str, cause: str) -> None:
    if player_id not in stores.players.get_many([player_id]):
        number = int(player_id[:1], 16)
        stores.players.create(Player(player_id, number, None, "", f"ref{player_id[:5]}", "en", 1))
    carry_out(stores, player_id, cause, Grant(account="mint:tests", coin=1))


def test_staked_duels_wait_in_a_list_until_they_are_paid(stores: Any, clock: ManualClock) -> None:
    duels, now_ms = stores.duels, clock()
    staked = Duel("1" * 16, ADA, now_ms, stake=5)
    assert duels.offer(staked)
    assert not duels.offer(staked)
    assert duels.offer(Duel("2" * 16, ADA, now_ms))
    assert list(duels.due(now_ms)) == []
    assert list(duels.due(now_ms + 3_600_000)) == [staked.id]
    duels.put_off(staked.id, now_ms + 3_600_001)
    assert list(duels.due(now_ms + 3_600_000)) == []
    assert list(duels.due(now_ms + 3_600_001)) == [staked.id]
    over = Duel(staked.id, ADA, now_ms, State.DECLINED, stake=5)
    assert duels.move(over, State.OFFERED)
    assert not duels.move(over, State.OFFERED)
    assert list(duels.due(now_ms)) == [staked.id]
    paid = Duel(staked.id, ADA, now_ms, State.DECLINED, stake=5, paid=1)
    assert duels.move(paid, State.DECLINED)
    duels.put_off(staked.id, now_ms)
    assert list(duels.due(2**52)) == [], "it is off the list"
    assert duels.get(staked.id) == paid


def test_rallies_take_members_until_they_end(stores: Any, clock: ManualClock) -> None:
    rallies, now_ms = stores.rallies, clock()
    rally = Rally("1" * 16, ADA, now_ms, now_ms + 60_000)
    assert rallies.begin(rally, 7, "")
    assert not rallies.begin(Rally("2" * 16, ADA, now_ms, now_ms + 60_000), 7, "")
    assert rallies.latest_of(ADA) == (rally.id, rally.ends_at_ms)
    assert rallies.join(rally.id, BOB, 3)
    assert not rallies.join(rally.id, BOB, 9)
    assert list(rallies.due(now_ms)) == []
    assert list(rallies.due(rally.ends_at_ms)) == [rally.id]
    assert rallies.end(rally, {ADA: 1, BOB: 2})
    assert not rallies.end(rally, {ADA: 9})
    assert not rallies.join(rally.id, CYD, 1)
    found = rallies.get(rally.id)
    assert (found.bases, found.taps, found.over) == ({ADA: 7, BOB: 3}, {ADA: 1, BOB: 2}, True)
    assert list(rallies.due(2**52)) == []


# -- heists --


def heist_at(starts_ms: int) -> Heist:
    asked = Asked(id="q", text=Words(en="?", ru="?"), accepted=("yes",), answer=Words(en="yes", ru="да"))
    prize = Prize(each=10, most=100, first=(500, 300))
    return Heist(
        id="w20270101-0700",
        kind=Kind.RIDDLE,
        starts_ms=starts_ms,
        ends_ms=starts_ms + 60_000,
        tries=2,
        gap_ms=1_000,
        prize=prize,
        asked=asked,
    )


def winner(player: str, op: str = "op") -> Winner:
    return Winner(player=player, op=op, sum="s")


def test_heist_begins_once_and_its_audience_knows_it(stores: Any, clock: ManualClock) -> None:
    heist, heists = heist_at(clock()), stores.heists
    after = Audience(1, heist.id, heist.starts_ms, {"riddle": {"q": heist.starts_ms}})
    assert heists.audience("world") == Audience()
    assert heists.begin(heist, "world", after)
    assert not heists.begin(heist, "world", after)
    assert heists.audience("world") == after
    assert heists.get(heist.id) == Stored(heist)
    assert heists.get_many([heist.id, "w20270101-0800"]) == {heist.id: Stored(heist)}
    assert heists.open_until()[heist.id] == heist.ends_ms
    heists.put_off(heist.id, heist.ends_ms + 1)
    assert heists.open_until()[heist.id] == heist.ends_ms + 1
    heists.settled(heist.id)
    heists.put_off(heist.id, heist.ends_ms)
    assert heist.id not in heists.open_until()


def test_place_is_kept_for_one_player_and_one_for_each(stores: Any, clock: ManualClock) -> None:
    heist, heists = heist_at(clock()), stores.heists
    assert heists.begin(heist, "world", Audience(1, heist.id, heist.starts_ms, {}))
    assert heists.keep_place(heist.id, 1, winner(ADA)) is Kept.NEW
    assert heists.keep_place(heist.id, 1, winner(ADA)) is Kept.KNOWN
    assert heists.keep_place(heist.id, 1, winner(BOB)) is Kept.LOST
    assert heists.keep_place(heist.id, 2, winner(ADA)) is Kept.LOST
    result = Result(
        closed_ms=1,
        pool=10,
        players=1,
        right=1,
        wrong=0,
        winners=(Placed(rank=1, player=ADA, coins=10),),
        run="r",
        parts=1,
    )
    heists.put_part(heist, "r", 0, {ADA: 10})
    heists.put_part(heist, "late", 0, {BOB: 10})
    assert not heists.close(heist.id, result, 0), "a place more was taken than the run has read"
    assert heists.close(heist.id, result, 1)
    assert not heists.close(heist.id, result, 1)
    assert heists.keep_place(heist.id, 2, winner(BOB)) is Kept.LOST
    assert heists.keep_place(heist.id, 1, winner(ADA)) is Kept.KNOWN
    stored = heists.get(heist.id)
    assert (stored.result, stored.winners) == (result, {1: winner(ADA)})
    assert (heists.share(heist.id, result, ADA), heists.share(heist.id, result, BOB)) == (10, None)
    closed = [stored, Stored(msgspec.structs.replace(heist, id="w20270101-0800"), {}, result)]
    assert (heists.shares(closed, ADA), heists.shares(closed, BOB), heists.shares([], ADA)) == ({heist.id: 10}, {}, {})


def test_answers_count_in_the_order_of_arrival(stores: Any, clock: ManualClock) -> None:
    heist, running = heist_at(clock() + 10), stores.live_heists
    assert running.answer(heist.id, ADA, "1", "d", True) is Refused.NOT_LOADED
    assert running.standing(heist.id, ADA) is None
    assert running.close(heist.id) is Refused.NOT_LOADED
    running.load(heist, {})
    assert running.answer(heist.id, ADA, "1", "d", True) is Refused.NOT_BEGUN
    clock.now_ms += 10
    assert running.answer(heist.id, ADA, "1", "wrong", False) == Answered(False, 0, 1, True)
    assert running.answer(heist.id, ADA, "1", "wrong", False) == Answered(False, 0, 1, False)
    assert running.answer(heist.id, ADA, "1", "other", True) is Refused.REUSED
    assert running.answer(heist.id, ADA, "2", "d", True) == Wait(1_000)
    assert running.answer(heist.id, BOB, "1", "d", True) == Answered(True, 1, 0, True)
    assert running.answer(heist.id, BOB, "2", "d", True) is Refused.ANSWERED
    clock.now_ms += 1_000
    assert running.answer(heist.id, ADA, "2", "d", True) == Answered(True, 2, 0, True)
    assert running.answer(heist.id, CYD, "1", "d", True) == Answered(True, 0, 0, True)
    assert running.standing(heist.id, ADA) == HeistStanding(3, 2, 2, True, 2)
    assert running.close(heist.id) is Refused.NOT_BEGUN
    clock.now_ms = heist.ends_ms
    assert running.answer(heist.id, "d" * 16, "1", "d", True) is Refused.OVER
    assert running.answer(heist.id, BOB, "1", "d", True) == Answered(True, 1, 0, False)
    frozen = Frozen({1: BOB, 2: ADA}, (ADA, BOB, CYD), 3, 1)
    assert running.close(heist.id) == frozen == running.close(heist.id)


def test_running_heist_goes_by_the_places_that_are_kept(stores: Any, clock: ManualClock) -> None:
    heist, running = heist_at(clock()), stores.live_heists
    running.load(heist, {})
    assert running.answer(heist.id, BOB, "1", "d", True).rank == 1
    running.load(heist, {1: winner(ADA, "op")})
    assert running.answer(heist.id, ADA, "op", "s", True) == Answered(True, 1, 0, False)
    clock.now_ms += 1_000
    assert running.answer(heist.id, BOB, "1", "d", True).rank == 2
    running.load(heist, {1: winner(ADA, "op"), 2: winner(BOB, "1")})
    clock.now_ms = heist.ends_ms
    assert running.close(heist.id).winners == {1: ADA, 2: BOB}


def test_of_many_answers_at_once_each_place_goes_to_one(stores: Any, clock: ManualClock) -> None:
    heist, running = heist_at(clock()), stores.live_heists
    running.load(heist, {})
    ranks = race(16, lambda n: running.answer(heist.id, f"{n:016x}", "1", "d", True).rank)
    assert sorted(ranks) == [0] * 14 + [1, 2]


# -- factions' boards --


def card(faction_id: str) -> FactionCard:
    return FactionCard(id=faction_id, name="Foxes", level=1, members=1, entrance=Entrance.OPEN, colour="")


def test_factions_are_counted_once_somebody_of_them_has_tapped(stores: Any) -> None:
    boards = stores.live_factions
    assert boards.take() == []
    boards.belongs({ADA: "f1", BOB: "f2"})
    assert boards.take() == ["f1", "f2"]
    boards.tapped([ADA, CYD])
    assert boards.take() == ["f1", "f2"], "what a run has not finished comes first"
    boards.finish(["f1", "f2"])
    assert boards.take() == ["f1"]
    boards.finish(["f1"])
    boards.belongs({ADA: ""})
    boards.tapped([ADA])
    assert boards.take() == []
    boards.changed("f3")
    assert boards.take() == ["f3"]
    assert not boards.warm()
    boards.warmed()
    assert boards.warm()


def test_reading_of_all_factions_goes_on_where_it_stopped(stores: Any) -> None:
    boards = stores.live_factions
    assert (boards.closing(), boards.warming()) == (None, "")
    contest = Contest("f1", "Foxes", 1, 500, 2, (ADA, BOB))
    begun = Closing(week=7, after="foxes\nFAC#f1", best={"north": contest})
    boards.record_closing(begun)
    assert boards.closing() == begun
    boards.forget_closing()
    assert boards.closing() is None
    boards.record_warming("foxes\nFAC#f1")
    assert boards.warming() == "foxes\nFAC#f1"
    boards.warmed()
    assert (boards.warm(), boards.warming()) == (True, "")


def test_members_are_kept_as_they_were_shown(stores: Any) -> None:
    boards = stores.live_factions
    assert (boards.faces([]), boards.faces([ADA]), boards.saved([ADA])) == ({}, {}, {})
    boards.keep_faces({ADA: Shown("ada", "title"), BOB: None, CYD: Shown()})
    assert boards.faces([ADA, BOB, "d" * 16]) == {ADA: Shown("ada", "title"), BOB: None}
    periods = Periods(20_780, (1, 2, 3), (None, PeriodTotal(7, 9, 1), None), year_base=4)
    counter = Counter(ADA, 99, 5, 6, {"key": SessionState(1, 2, 3)}, periods, paid_taps=7, energy_tat_ms=8)
    boards.keep_saved([counter, Counter(BOB)])
    kept = replace(counter, sessions={})
    assert boards.saved([ADA, BOB, CYD]) == {ADA: kept, BOB: Counter(BOB)}
    boards.belongs({ADA: "", BOB: "f1"})
    assert (boards.faces([ADA, BOB]), boards.saved([ADA, BOB])) == ({BOB: None}, {BOB: Counter(BOB)})


def test_boards_of_factions_show_who_has_something_to_show(stores: Any) -> None:
    boards, places = stores.live_factions, ["north", "south"]
    for one, taps in (("f1", 5), ("f2", 9), ("f3", 0)):
        boards.show(card(one), {(None, 0): taps, (Period.WEEK, 7): taps}, {(7, "north"): taps}, places)
    assert boards.top(None, 0, 9) == [Standing("f2", 9), Standing("f1", 5)]
    assert boards.top(Period.WEEK, 7, 1) == [Standing("f2", 9)]
    assert (boards.place(None, 0, "f1"), boards.place(None, 0, "f3")) == ((2, 5), None)
    assert boards.contests(7, places, 9) == {"north": [Standing("f2", 9), Standing("f1", 5)], "south": []}
    boards.show(card("f2"), {(None, 0): 9, (Period.WEEK, 7): 0}, {}, places)
    assert boards.top(Period.WEEK, 7, 9) == [Standing("f1", 5)]
    assert boards.contests(7, places, 9)["north"] == [Standing("f1", 5)]
    boards.hide("f1", [(None, 0), (Period.WEEK, 7)], [(7, "north")])
    assert (boards.top(Period.WEEK, 7, 9), boards.contests(7, places, 9)["north"]) == ([], [])
    assert boards.cards(["f1", "f2", "f9"]) == {"f2": card("f2")}


# -- rooms --


def test_room_keeps_what_was_said_once_for_its_op(stores: Any, clock: ManualClock) -> None:
    rooms, op = stores.rooms, op_at(clock())
    first = rooms.append(ROOM, Posting(b'"1"', ADA, op))
    assert (first.seq, first.pushing) == (1, Pushing.NOW)
    again = rooms.append(ROOM, Posting(b'"1"', ADA, op))
    assert (again.seq, again.pushing) == (1, Pushing.NOBODY)
    rooms.append(ROOM, Posting(b'"2"'))
    found = rooms.look(ROOM, "", 0)
    assert [(one.seq, one.event, one.author) for one in found.kept] == [(1, b'"1"', ADA), (2, b'"2"', "")]
    assert [one.seq for one in rooms.look(ROOM, found.epoch, 1).kept] == [2]
    assert [one.seq for one in rooms.look(ROOM, "other", 1).kept] == [1, 2]
    assert (rooms.spoken(ADA), rooms.spoken(BOB)) == ([ROOM], [])
    for _ in range(live.KEPT):
        rooms.append(ROOM, Posting(b'"3"'))
    assert [one.seq for one in rooms.look(ROOM, "", 0).kept] == list(range(3, live.KEPT + 3))
    rooms.forget(ADA)
    assert rooms.spoken(ADA) == []


def test_hint_begins_no_room(stores: Any) -> None:
    hint = Posting(b'"x"', ADA, begins=False)
    for _ in range(2):
        assert stores.rooms.append(ROOM, hint).pushing is Pushing.NOBODY
    assert stores.rooms.spoken(ADA) == []
    assert stores.rooms.look(ROOM, "", 0).seq == 0  # whoever looks begins it
    assert stores.rooms.append(ROOM, hint).seq == 1


def test_room_slows_down_who_speaks_too_fast(stores: Any) -> None:
    for _ in range(3):
        stores.rooms.append(ROOM, Posting(b'"x"', ADA, pace=Pace(3, 600_000)))
    with pytest.raises(TooManyRequests):
        stores.rooms.append(ROOM, Posting(b'"x"', ADA, pace=Pace(3, 600_000)))
    assert stores.rooms.append(ROOM, Posting(b'"x"', BOB, pace=Pace(3, 600_000))).seq == 4


def test_unheard_message_is_answered_like_any_other_and_kept_for_nobody(stores: Any, clock: ManualClock) -> None:
    rooms, pace = stores.rooms, Pace(3, 600_000)
    rooms.append(ROOM, Posting(b'"heard"', BOB))
    op = op_at(clock())
    unheard = [rooms.append(ROOM, Posting(b'"x"', ADA, made, pace, is_unheard=True)) for made in (op, "", op)]
    assert [one.seq for one in unheard] == [2, 3, 2]
    assert {one.pushing for one in unheard} == {Pushing.NOBODY}
    found = rooms.look(ROOM, "", 0)
    assert (found.seq, [one.event for one in found.kept], rooms.spoken(ADA)) == (1, [b'"heard"'], [])
    assert [rooms.append(ROOM, Posting(b'"heard"', BOB)).seq for _ in range(3)] == [2, 3, 4]
    assert rooms.append(ROOM, Posting(b'"x"', ADA, pace=pace, is_unheard=True)).seq == 5
    with pytest.raises(TooManyRequests):
        rooms.append(ROOM, Posting(b'"x"', ADA, pace=pace, is_unheard=True))


def test_messages_are_removed_by_number_or_author_and_events_are_not(stores: Any) -> None:
    for author in (ADA, BOB, ADA, ""):
        stores.rooms.append(ROOM, Posting(b'"x"', author))
    assert stores.rooms.remove(ROOM, seq=2) == [2]
    assert stores.rooms.remove(ROOM, seq=4) == []
    assert stores.rooms.remove(ROOM, author=ADA) == [1, 3]
    assert stores.rooms.remove(ROOM, author=ADA) == []
    assert [one.seq for one in stores.rooms.look(ROOM, "", 0).kept] == [4]


def test_connections_are_in_rooms_until_they_leave_or_are_taken_out(stores: Any) -> None:
    rooms, connections = stores.rooms, stores.connections
    for player, connection in ((ADA, "c1"), (ADA, "c2"), (BOB, "c3")):
        assert connections.connect(player, connection) == []
        assert rooms.enter(ROOM, player, connection, "", 0) is not None
    assert rooms.look(ROOM, "", 0).online == 2
    assert set(rooms.append(ROOM, Posting(b'"x"')).connections) == {"c1", "c2", "c3"}
    assert (connections.player_of("c1"), connections.rooms_of("c1")) == (ADA, [ROOM])
    assert rooms.stay(ROOM, ADA, "c1") is not None
    assert sorted(rooms.evict(ROOM, ADA)) == ["c1", "c2"]
    assert rooms.stay(ROOM, ADA, "c1") is None
    rooms.leave(ROOM, BOB, "c3")
    assert rooms.look(ROOM, "", 0).online == 0
    connections.disconnect(ADA, "c1")
    assert (connections.player_of("c1"), connections.of_player(ADA)) == (None, ["c2"])


def test_player_has_so_many_connections_and_a_room_so_many_members(stores: Any) -> None:
    for number in range(live.CONNECTIONS_MAX):
        assert stores.connections.connect(ADA, f"c{number}") == []
    assert len(stores.connections.connect(ADA, "one more")) == 1
    for number in range(live.MEMBERS_MAX):
        assert stores.rooms.enter(ROOM, f"{number:016x}", f"r{number}", "", -1) is not None
    assert stores.rooms.enter(ROOM, CYD, "late", "", -1) is None
    assert stores.rooms.enter(ROOM, f"{0:016x}", "r0", "", -1) is not None
    stores.rooms.drop(ROOM, ["r0"])
    assert stores.rooms.enter(ROOM, CYD, "late", "", -1) is not None


# -- moderation of rooms --


def report(number: int, at_ms: int, author: str = ADA, reporter: str = BOB) -> Report:
    return Report(f"{ROOM}#epoch#{number}", ROOM, author, "rude", reporter, "spam", at_ms)


def test_mutes_hold_everywhere_or_in_one_room(stores: Any, clock: ManualClock) -> None:
    moderation = stores.chat_moderation
    everywhere, there = Mute(ADA, "", clock() + 1_000, "why"), Mute(ADA, ROOM, clock() + 2_000, "")
    for mute in (Mute(ADA, "", clock(), "earlier"), everywhere, there):
        moderation.mute(mute)
    assert sorted(moderation.mutes(ADA), key=lambda one: one.until_ms) == [everywhere, there]
    assert moderation.mutes(BOB) == []
    assert moderation.unmute(ADA, "")
    assert not moderation.unmute(ADA, "")
    assert moderation.mutes(ADA) == [there]


def test_reports_wait_once_for_each_message_the_oldest_first(stores: Any, clock: ManualClock) -> None:
    moderation, now_ms = stores.chat_moderation, clock()
    newer, older = report(1, now_ms), report(2, now_ms - 5)
    assert moderation.report(newer)
    assert moderation.report(older)
    assert not moderation.report(report(1, now_ms + 9, reporter=CYD))
    assert moderation.reports(9) == [older, newer]
    assert moderation.reports(1) == [older]
    assert moderation.dismiss(older.id)
    assert not moderation.dismiss(older.id)
    assert moderation.reports(9) == [newer]


def test_nothing_is_kept_of_who_is_forgotten_as_author_or_as_reporter(stores: Any, clock: ManualClock) -> None:
    moderation, now_ms = stores.chat_moderation, clock()
    moderation.mute(Mute(ADA, "", now_ms, ""))
    moderation.mute(Mute(BOB, "", now_ms, ""))
    of_others = report(3, now_ms, author=BOB, reporter=CYD)
    for one in (report(1, now_ms), report(2, now_ms, author=BOB, reporter=ADA), of_others):
        moderation.report(one)
    moderation.forget(ADA)
    moderation.forget(ADA)
    assert (moderation.mutes(ADA), len(moderation.mutes(BOB))) == ([], 1)
    assert moderation.reports(9) == [of_others]
