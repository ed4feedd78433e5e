"""The keys of rooms and connections in Redis: all of a room in one cluster slot, all of a player's connections too."""

from __future__ import annotations

from typing import NamedTuple


class RoomKeys(NamedTuple):
    """Hash of facts; stream of events, whose ids begin with their numbers; sorted set of who is there."""

    meta: str
    log: str
    members: str


def room(name: str) -> RoomKeys:
    return RoomKeys(f"{{room:{name}}}:meta", f"{{room:{name}}}:log", f"{{room:{name}}}:members")


def pace(name: str, player_id: str) -> str:
    """What a player has used of the pace of a room."""
    return f"{{room:{name}}}:pace:{player_id}"


def op(name: str, player_id: str, made: str) -> str:
    """Hash: what a player has said in a room under an op."""
    return f"{{room:{name}}}:op:{player_id}:{made.lower()}"


def unheard(name: str, player_id: str) -> str:
    """The latest number that a player was told of a message of theirs that nobody hears of."""
    return f"{{room:{name}}}:unheard:{player_id}"


def connections(player_id: str) -> str:
    """Sorted set: the connections of a player by when they expire."""
    return f"{{live:{player_id}}}:connections"


def ticket(player_id: str, number: str) -> str:
    """That a ticket has been used."""
    return f"{{live:{player_id}}}:ticket:{number}"


def spoken(player_id: str) -> str:
    """Sorted set: the rooms that a player has said something in, by when nothing of it is left there."""
    return f"{{live:{player_id}}}:spoken"


def connection(connection_id: str) -> str:
    """Hash: whose a connection is (`player`), and a field for each room that it is in."""
    return f"live:connection:{connection_id}"
