"""What operators do about rooms: reports, removing, muting, banning; over real stores, and seen by players."""

from __future__ import annotations

import pytest
from support.cli import Run, said
from support.economy import op_at
from support.game import Game, Player
from support.scripted_server import answer, scripted
from tapstack.live import chatting, reporting
from tapstack.platform.bounds import MAX_REASON
from tapstack.platform.errors import Forbidden

ROOM = "lobby:main"


def say(player: Player, text: str) -> int:
    stores = player.game.stores
    return chatting.say(stores, player.id, ROOM, op_at(stores.clock()), text)


def texts(player: Player) -> str:
    """What a player reads in the room, as JSON."""
    return b"".join(one.event for one in player.game.stores.rooms.look(ROOM, "", 0).kept).decode()


def reported(by: Player, seq: int, reason: str = "rude") -> str:
    stores = by.game.stores
    epoch = stores.rooms.look(ROOM, "", 0).epoch
    reporting.report(stores, by.id, ROOM, epoch, seq, reason)
    return f"{ROOM}#{epoch}#{seq}"


@pytest.fixture
def two(game: Game) -> tuple[Player, Player]:
    return game.sign_in(1, first_name="Ada"), game.sign_in(2, first_name="Bob")


def test_reported_message_is_listed_once_and_taken_out_of_its_room(two: tuple[Player, Player], run: Run) -> None:
    ada, bob = two
    say(ada, "Good morning")
    report = reported(bob, say(ada, "Something rude"), "insult")
    reported(ada, 2)
    assert said(run("chat", "reports")) == [
        {"id": report, "room": ROOM, "author": ada.id, "text": "Something rude", "reason": "insult", "by": bob.id}
    ]
    assert said(run("chat", "remove", report)) == {"id": report, "removed": True}
    shown = texts(bob)
    assert "Good morning" in shown
    assert "Something rude" not in shown
    assert '"removed"' in shown.casefold()
    assert said(run("chat", "reports")) == []
    assert "report_unknown" in run("chat", "remove", report, code=1).output


@pytest.mark.parametrize("has_way", [True, False])
def test_who_is_in_the_room_stays_there_and_is_told_where_there_is_a_way(
    two: tuple[Player, Player], run: Run, monkeypatch: pytest.MonkeyPatch, has_way: bool
) -> None:
    ada, bob = two
    report, rooms = reported(bob, say(ada, "Something rude")), bob.game.stores.rooms
    assert rooms.enter(ROOM, bob.id, "here", "", 0)
    with scripted(answer({})) as server:
        if has_way:
            monkeypatch.setenv("LIVE_ENDPOINT", f"{server.url}/live")
        run("chat", "remove", report)
        run("ban", ada.id, "--reason", "rude")
    assert [b'"removed"' in one.body for one in server.requests] == [True] * has_way
    assert rooms.look(ROOM, "", 0).online == 1


def test_dismissed_report_leaves_the_message(two: tuple[Player, Player], run: Run) -> None:
    ada, bob = two
    report = reported(bob, say(ada, "Not that bad"))
    assert said(run("chat", "dismiss", report))["dismissed"]
    assert "Not that bad" in texts(bob)
    assert said(run("chat", "reports")) == []
    assert "report_unknown" in run("chat", "dismiss", report, code=1).output


def test_removing_asks_first(two: tuple[Player, Player], run: Run) -> None:
    ada, bob = two
    report = reported(bob, say(ada, "Something rude"))
    run("chat", "remove", report, ask="n\n", code=1)
    assert "Something rude" in texts(bob)
    assert len(said(run("chat", "reports"))) == 1


def test_muted_player_says_nothing_until_they_may_again(game: Game, two: tuple[Player, Player], run: Run) -> None:
    ada, bob = two
    muted = said(run("chat", "mute", ada.id, "--hours", "2", "--reason", "spam"))
    assert muted["until_ms"] - game.stores.clock() <= 2 * 3_600_000
    with pytest.raises(Forbidden) as error:
        say(ada, "Hello")
    assert (error.value.code, error.value.data["until_ms"]) == ("muted", muted["until_ms"])
    assert say(bob, "Hello") == 1
    assert said(run("chat", "unmute", ada.id))["was_muted"]
    assert not said(run("chat", "unmute", ada.id))["was_muted"]
    assert say(ada, "Hello") == 2
    done = [(one.action, one.operator, one.reason) for one in game.stores.audit.entries(ada.id, limit=9)]
    assert ("mute", "grace", "spam") in done
    assert [action for action, _, _ in done].count("unmute") == 2


def test_mute_in_one_room_holds_there_alone(game: Game, two: tuple[Player, Player], run: Run) -> None:
    ada, _ = two
    run("chat", "mute", ada.id, "--room", "faction:7", "--reason", "quarrel")
    assert say(ada, "Hello") == 1
    run("chat", "mute", ada.id, "--room", ROOM, "--reason", "quarrel")
    with pytest.raises(Forbidden):
        say(ada, "Hello")
    assert not said(run("chat", "unmute", ada.id))["was_muted"], "the mute of a room is not the one of all rooms"
    assert said(run("chat", "unmute", ada.id, "--room", ROOM))["was_muted"]
    assert say(ada, "Hello") == 2


def test_banned_player_says_nothing_and_what_they_said_is_gone(two: tuple[Player, Player], run: Run) -> None:
    ada, bob = two
    stores = ada.game.stores
    stores.connections.connect(ada.id, "hers")
    assert stores.rooms.enter(ROOM, ada.id, "hers", "", 0)
    say(ada, "Buy my coins")
    run("ban", ada.id, "--reason", "scam")
    assert "Buy my coins" not in texts(bob)
    assert (stores.connections.player_of("hers"), stores.rooms.look(ROOM, "", 0).online) == (None, 0)
    with pytest.raises(Forbidden) as error:
        say(ada, "Hello again")
    assert error.value.code == "banned"


@pytest.mark.parametrize(
    "arguments",
    [
        ("chat", "mute", "ada", "--room", "nowhere", "--reason", "x"),
        ("chat", "mute", "ada", "--hours", "0", "--reason", "x"),
        ("chat", "mute", "ada"),
        ("chat", "mute", "ada", "--reason", "x" * (MAX_REASON + 1)),
        ("chat", "reports", "--limit", "0"),
    ],
)
def test_what_makes_no_sense_is_refused(two: tuple[Player, Player], run: Run, arguments: tuple[str, ...]) -> None:
    ada, _ = two
    run(*(ada.id if part == "ada" else part for part in arguments), code=2)
    assert say(ada, "Hello") == 1


def test_nobody_is_muted_who_is_not_there(run: Run) -> None:
    assert "player_unknown" in run("chat", "mute", "f" * 16, "--reason", "x", code=1).output
