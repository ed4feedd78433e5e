"""What comes over a WebSocket and what is answered, with all stores in memory."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.economy import op_at
from support.fakes.ports import MemoryGame
from support.game import Player
from tapstack.live import frames, rules, sockets, tickets
from tapstack.live.events import Message, Removed
from tapstack.live.model import Mute, Posting
from tapstack.live.reporting import remove_reported, report, silence
from tapstack.platform.clock import system_clock
from tapstack.platform.errors import NotFound, Unauthenticated
from tapstack.players.model import ModerationStatus

LOBBY = "lobby:main"


def route(game: MemoryGame, connection: str, kind: str, **event: Any) -> int:
    context = {"connectionId": connection, "eventType": kind}
    answer = sockets.serve(game.stores, {"requestContext": context, **event})
    assert answer.keys() == {"statusCode"}
    return int(answer["statusCode"])


def connect(game: MemoryGame, player: Player, connection: str) -> None:
    assert route(game, connection, "CONNECT", queryStringParameters={"ticket": ticket(game, player)}) == 200


def ticket(game: MemoryGame, player: Player) -> str:
    """A fresh ticket; that of the opened session is good for the first connection alone."""
    live = game.call("live", "POST", "/live/tickets", headers=player.headers).body
    assert live["url"] == "wss://live.invalid/live"
    return str(live["ticket"])


def send(game: MemoryGame, connection: str, body: Any, **event: Any) -> list[frames.ServerFrame]:
    """What one frame brings to its own connection."""
    before = len(game.stores.sockets.pushed.get(connection, []))
    text = body if isinstance(body, str) else json.dumps(body)
    assert route(game, connection, "MESSAGE", body=text, **event) == 200
    return game.stores.sockets.pushed.get(connection, [])[before:]


def op() -> str:
    return op_at(system_clock())


@pytest.fixture
def ada(game: MemoryGame) -> Player:
    player = game.sign_in(1)
    connect(game, player, "ada")
    return player


@pytest.fixture
def bob(game: MemoryGame) -> Player:
    player = game.sign_in(2)
    connect(game, player, "bob")
    return player


def say(game: MemoryGame, connection: str, text: str, made: str = "") -> list[frames.ServerFrame]:
    return send(game, connection, {"type": "say", "room": LOBBY, "op": made or op(), "text": text})


def refusal(answers: list[frames.ServerFrame]) -> str:
    (answer,) = answers
    assert isinstance(answer, frames.Refused), answer
    return answer.code


def test_what_one_says_the_other_hears(game: MemoryGame, ada: Player, bob: Player) -> None:
    for connection in ("ada", "bob"):
        (entered,) = send(game, connection, {"type": "enter", "room": LOBBY})
        assert isinstance(entered, frames.Entered)
        assert [entry.event.text for entry in entered.view.entries if isinstance(entry.event, Message)] == ["Hello"]
    made = op()
    happened, said = say(game, "ada", "  Hi,\n Bob  ", made)
    assert said == frames.Said(room=LOBBY, op=made, seq=2)
    heard = game.stores.sockets.pushed["bob"][-1]
    assert heard == happened
    assert isinstance(heard, frames.Happened)
    (entry,) = heard.entries
    assert isinstance(entry.event, Message)
    assert (entry.seq, entry.event.text, entry.event.by.id) == (2, "Hi, Bob", ada.id)


def test_repeated_op_says_nothing_twice(game: MemoryGame, ada: Player) -> None:
    send(game, "ada", {"type": "enter", "room": LOBBY})
    made = op()
    assert len(say(game, "ada", "Once", made)) == 2
    assert say(game, "ada", "Once", made) == [frames.Said(room=LOBBY, op=made, seq=2)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "frame_unreadable"),
        ("{", "frame_unreadable"),
        ('{"type": "dance"}', "frame_unreadable"),
        ('{"type": "enter"}', "frame_unreadable"),
        ('{"type": "enter", "room": "lobby"}', "frame_unreadable"),
        ('{"type": "enter", "room": "palace:1"}', "frame_unreadable"),
        ("[" * 4_000, "frame_unreadable"),
        ('{"type": "ping", "rooms": [' + ", ".join(['"lobby:x"'] * 9) + "]}", "frame_unreadable"),
        (" " * 5_000, "frame_unreadable"),
        ('"\\ud800"', "frame_unreadable"),
        ('{"type": "enter", "room": "duel:1"}', "room_unknown"),
        ({"type": "say", "room": "faction:1", "op": op_at(system_clock()), "text": "x"}, "room_unknown"),
        ({"type": "say", "room": LOBBY, "op": op_at(1), "text": "x"}, "op_expired"),
        ({"type": "say", "room": LOBBY, "op": op_at(system_clock()), "text": "x" * 401}, "frame_unreadable"),
        ({"type": "say", "room": LOBBY, "op": op_at(system_clock()), "text": "\u200b \u0007"}, "message_empty"),
        ({"type": "say", "room": LOBBY, "op": op_at(system_clock()), "text": "go to t.me/x"}, "message_link"),
        ({"type": "say", "room": LOBBY, "op": op_at(system_clock()), "text": "FuCk!"}, "message_rude"),
    ],
)
def test_bad_frame_is_refused_and_the_connection_goes_on(game: MemoryGame, ada: Player, body: Any, code: str) -> None:
    assert refusal(send(game, "ada", body)) == code
    assert isinstance(send(game, "ada", {"type": "ping"})[0], frames.Pong)
    assert game.stores.sockets.closed == []


def test_binary_frame_is_refused(game: MemoryGame, ada: Player) -> None:
    assert refusal(send(game, "ada", "AAAA", isBase64Encoded=True)) == "frame_unreadable"


def test_closed_door_refuses_entry_words_and_reading(game: MemoryGame, ada: Player) -> None:
    game.stores.doors["faction"] = lambda player, key: (player, key) == (ada.id, "1")
    bob = game.sign_in(2)
    connect(game, bob, "bob")
    assert isinstance(send(game, "ada", {"type": "enter", "room": "faction:1"})[0], frames.Entered)
    assert refusal(send(game, "bob", {"type": "enter", "room": "faction:1"})) == "room_closed"
    assert refusal(send(game, "bob", {"type": "say", "room": "faction:1", "op": op(), "text": "x"})) == "room_closed"
    game.stores.live.put_out("faction:1", ada.id)
    assert refusal(game.stores.sockets.pushed["ada"][-1:]) == "room_closed"
    assert game.stores.rooms.look("faction:1", "", 0).online == 0


def test_long_message_is_taken_where_the_room_takes_it(game: MemoryGame, ada: Player) -> None:
    game.stores.doors["faction"] = lambda _, __: True
    game.stores.text_limits["faction"] = {"1": 200, "2": 400}.__getitem__

    def said(room: str, characters: int) -> str:
        text = "x y " * (characters // 4)
        (answer,) = send(game, "ada", {"type": "say", "room": room, "op": op(), "text": text})[-1:]
        return getattr(answer, "code", "")

    assert said("faction:1", 204) == "message_long"
    assert said("lobby:main", 304) == "message_long"
    assert [said("faction:1", 200), said("faction:2", 400), said("lobby:main", 300)] == [""] * 3
    assert said("faction:2", 404) == "frame_unreadable"


def test_ticket_opens_one_minute_long_and_only_as_it_was_signed() -> None:
    ticket = tickets.sign("0123456789abcdef", 1_000, "key")
    assert len(ticket) == 43
    assert tickets.verify(ticket, ["new", "key"], 1_059).player_id == "0123456789abcdef"
    for text, keys, now_s, code in [
        (ticket, ["key"], 1_060, "ticket_expired"),
        (ticket, ["key"], 900, "ticket_expired"),
        (ticket, ["other"], 1_000, "ticket_invalid"),
        ("B" + ticket[1:], ["key"], 1_000, "ticket_invalid"),
        (ticket + "AAAA", ["key"], 1_000, "ticket_invalid"),
        ("", ["key"], 1_000, "ticket_invalid"),
        ("ä", ["key"], 1_000, "ticket_invalid"),
    ]:
        with pytest.raises(Unauthenticated) as refused:
            tickets.verify(text, keys, now_s)
        assert refused.value.code == code


@pytest.mark.parametrize("query", [None, {}, {"ticket": ""}, {"ticket": "A" * 43}])
def test_forged_ticket_opens_nothing(game: MemoryGame, query: Any) -> None:
    assert route(game, "eve", "CONNECT", queryStringParameters=query) == 401
    assert game.stores.connections.players == {}


def test_ticket_opens_one_connection_alone(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    used = str(ada.opened["live"]["ticket"])
    assert route(game, "ada", "CONNECT", queryStringParameters={"ticket": used}) == 200
    for text in (used, used + "="):  # the same, written otherwise
        assert route(game, "eve", "CONNECT", queryStringParameters={"ticket": text}) == 401
    assert game.stores.connections.players == {"ada": ada.id}
    assert isinstance(send(game, "ada", {"type": "ping"})[0], frames.Pong)
    connect(game, ada, "tab")


def test_unknown_connection_is_cut_so_that_its_client_comes_back(game: MemoryGame) -> None:
    assert refusal(send(game, "lost", {"type": "ping"})) == "connection_unknown"
    assert game.stores.sockets.closed == ["lost"]


def test_oldest_connection_makes_room_for_the_newest(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    for number in range(rules.CONNECTIONS_MAX + 1):
        connect(game, ada, f"c{number}")
    assert game.stores.sockets.closed == ["c0"]


def test_full_room_refuses_the_next(game: MemoryGame, ada: Player) -> None:
    for number in range(rules.MEMBERS_MAX):
        game.stores.rooms.enter(LOBBY, f"{number:016x}", f"c{number}", "", 0)
    assert refusal(send(game, "ada", {"type": "enter", "room": LOBBY})) == "room_full"


def test_ninth_room_is_one_too_many(game: MemoryGame, ada: Player) -> None:
    for number in range(rules.ROOMS_MAX):
        assert isinstance(send(game, "ada", {"type": "enter", "room": f"lobby:{number}"})[0], frames.Entered)
    assert refusal(send(game, "ada", {"type": "enter", "room": "lobby:x"})) == "too_many_rooms"
    send(game, "ada", {"type": "leave", "room": "lobby:0"})
    assert isinstance(send(game, "ada", {"type": "enter", "room": "lobby:x"})[0], frames.Entered)


def test_who_is_gone_is_in_no_room(game: MemoryGame, ada: Player, bob: Player) -> None:
    for connection in ("ada", "bob"):
        send(game, connection, {"type": "enter", "room": LOBBY})
    route(game, "bob", "DISCONNECT")
    assert game.stores.rooms.look(LOBBY, "", 0).online == 1
    game.stores.sockets.gone.add("ada")  # and has not said so
    game.stores.live.post(LOBBY, Posting(b'{"type":"changed","what":"x"}'))
    assert game.stores.rooms.look(LOBBY, "", 0).online == 0


def test_pong_says_where_rooms_are_and_leaves_out_those_that_one_is_not_in(game: MemoryGame, ada: Player) -> None:
    send(game, "ada", {"type": "enter", "room": LOBBY})
    (pong,) = send(game, "ada", {"type": "ping", "rooms": [LOBBY, "lobby:other"]})
    assert isinstance(pong, frames.Pong)
    assert [(at.room, at.seq, at.online) for at in pong.rooms] == [(LOBBY, 1, 1)]


def test_muted_and_banned_players_are_not_heard(game: MemoryGame, ada: Player) -> None:
    moderation = game.stores.chat_moderation
    moderation.mute(Mute(ada.id, "lobby:other", system_clock() + 60_000))
    assert isinstance(say(game, "ada", "one")[-1], frames.Said)
    moderation.mute(Mute(ada.id, "", system_clock() + 60_000))
    assert refusal(say(game, "ada", "two")) == "muted"
    moderation.mute(Mute(ada.id, "", system_clock() - 1))
    assert isinstance(say(game, "ada", "three")[-1], frames.Said)
    status(game, ada, ModerationStatus.BANNED)
    assert refusal(say(game, "ada", "four")) == "banned"


def test_shadow_banned_player_believes_to_be_heard(game: MemoryGame, ada: Player, bob: Player) -> None:
    def numbers(count: int) -> list[int]:
        return [said.seq for _ in range(count) if isinstance(said := say(game, "ada", "psst")[-1], frames.Said)]

    status(game, ada, ModerationStatus.SHADOW)
    made = op()
    assert say(game, "ada", "psst", made) == [frames.Said(room=LOBBY, op=made, seq=2)]
    assert numbers(1) == [3]
    assert say(game, "ada", "psst", made) == [frames.Said(room=LOBBY, op=made, seq=2)]
    assert game.stores.rooms.look(LOBBY, "", 0).seq == 1
    for _ in range(3):
        say(game, "bob", "Anybody here?")
    assert numbers(2) == [5, 6]


def status(game: MemoryGame, player: Player, found: ModerationStatus) -> None:
    import dataclasses

    accounts = game.stores.players.accounts
    accounts[player.id] = dataclasses.replace(accounts[player.id], status=found)


def test_hasty_player_waits(game: MemoryGame, ada: Player) -> None:
    answers = [say(game, "ada", f"{number}")[-1] for number in range(rules.SPEAKING.burst + 1)]
    assert isinstance(answers[-2], frames.Said)
    assert isinstance(answers[-1], frames.Refused)
    assert (answers[-1].code, answers[-1].retry_after_ms) == ("too_many_requests", 2_000)


def test_erased_player_has_said_nothing(game: MemoryGame, ada: Player, bob: Player) -> None:
    for room in (LOBBY, "lobby:other"):
        send(game, "bob", {"type": "enter", "room": room})
        send(game, "ada", {"type": "say", "room": room, "op": op(), "text": "Me"})
    assert silence(game.stores, ada.id) == 2
    events = [
        entry.event for f in game.stores.sockets.pushed["bob"] if isinstance(f, frames.Happened) for entry in f.entries
    ]
    assert events[-2:] == [Removed(messages=[2]), Removed(messages=[1])]
    for room in (LOBBY, "lobby:other"):
        assert all(each.author != ada.id for each in game.stores.rooms.look(room, "", 0).kept)
    assert silence(game.stores, ada.id) == 0


def test_reported_message_is_kept_once_and_can_be_removed(game: MemoryGame, ada: Player, bob: Player) -> None:
    say(game, "ada", "Bad thing")
    epoch = game.stores.rooms.look(LOBBY, "", 0).epoch
    for _ in range(2):
        report(game.stores, bob.id, LOBBY, epoch, 2, "rude")
    (kept,) = game.stores.chat_moderation.reports(10)
    assert (kept.author, kept.text, kept.reporter, kept.reason) == (ada.id, "Bad thing", bob.id, "rude")
    assert remove_reported(game.stores, kept)
    assert not remove_reported(game.stores, kept)
    for gone in ((epoch, 2), (epoch, 9), ("f" * 16, 1)):
        with pytest.raises(NotFound) as refused:
            report(game.stores, bob.id, LOBBY, *gone, "")
        assert refused.value.code == "message_unknown"
