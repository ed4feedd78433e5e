"""Who may be in which room."""

from __future__ import annotations

from support.game import TestContainer, make_settings
from tapstack.live.doors import REMEMBERED, OpenDoor

ADA = "a" * 16


def test_open_door_lets_everybody_in_to_what_there_is_and_asks_once() -> None:
    there, asked = {"1"}, []

    def is_there(key: str) -> bool:
        asked.append(key)
        return key in there

    door = OpenDoor(is_there)
    assert [door(player, "1") for player in (ADA, "b" * 16)] == [True, True]
    assert asked == ["1"]
    assert not door(ADA, "2")
    there.add("2")
    assert door(ADA, "2")


def test_open_door_remembers_so_many_and_no_more() -> None:
    door = OpenDoor(lambda _: True)
    for number in range(2 * REMEMBERED):
        assert door(ADA, str(number))
    assert len(door._known) <= REMEMBERED


def test_lobby_is_one_room() -> None:
    doors = TestContainer(make_settings("redis://unused")).doors
    assert doors["lobby"](ADA, "main")
    assert not doors["lobby"](ADA, "another")
