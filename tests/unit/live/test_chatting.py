"""What a room looks like to a client that knows some of it."""

from __future__ import annotations

import pytest
from tapstack.live import rules
from tapstack.live.chatting import view_of
from tapstack.live.events import Changed, Message, Person, Removed, encode
from tapstack.live.model import Kept, Room

MESSAGE = encode(Message(by=Person(id="a" * 16, name="Ada"), text='"removed"'))
NEWER = b'{"type":"removed by a newer release"}'


def room(last: int, kept: dict[int, bytes]) -> Room:
    return Room("e1", last, 1, tuple(Kept(seq, 1, event, "") for seq, event in sorted(kept.items())))


def messages(first: int, last: int) -> dict[int, bytes]:
    return dict.fromkeys(range(first, last + 1), MESSAGE)


@pytest.mark.parametrize("last", [10, rules.KEPT, 2 * rules.KEPT])
def test_removed_messages_are_no_gap(last: int) -> None:
    known = last - 9
    kept = messages(known + 3, last - 1) | {last: encode(Removed(messages=[3, known + 1, known + 2]))}
    assert not view_of("lobby:main", room(last, kept), "e1", known).gap
    del kept[known + 4]
    assert view_of("lobby:main", room(last, kept), "e1", known).gap


@pytest.mark.parametrize("last", [10, 2 * rules.KEPT])
def test_what_is_not_kept_any_more_is_a_gap(last: int) -> None:
    kept = messages(last - 5, last) | {last - 3: NEWER, last: encode(Changed(what="x"))}
    assert view_of("lobby:main", room(last, kept), "e1", last - 7).gap
    assert not view_of("lobby:main", room(last, kept), "e1", last - 6).gap
    assert not view_of("lobby:main", room(last, {}), "e1", last).gap
    assert view_of("lobby:main", room(last, {}), "e1", last - 1).gap


def test_another_run_of_numbers_is_a_gap_to_those_who_knew_the_last_one() -> None:
    found = room(10, messages(1, 10))
    assert view_of("lobby:main", found, "e0", 10).gap
    assert view_of("lobby:main", found, "e1", 11).gap
    assert not view_of("lobby:main", room(2 * rules.KEPT, {}), "", 0).gap
