"""Leaving the league: an erased player."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tapstack.platform.errors import StoreUnavailable

if TYPE_CHECKING:
    from tapstack.league.ports import LeaveLeaguePorts

TRIES = 5


def leave(ports: LeaveLeaguePorts, player_id: str) -> None:
    """Takes a player out of the current league. Repeating changes nothing.

    Raises StoreUnavailable while it is not known where the player sits, or others keep changing the division.
    """
    league = ports.league.current()
    if league is None:
        return
    shown, seat = ports.live_league.seat(league.week, player_id)
    if seat is None and shown != league:
        raise StoreUnavailable("the league is being loaded", retry_after_s=60)
    if seat:
        for _ in range(TRIES):
            division = ports.league.get(league, seat)
            if division is None or player_id not in division.members:
                break
            ports.live_league.forget_names(league, division)
            members = {i: moved for i, moved in division.members.items() if i != player_id}
            if ports.league.replace(league, replace(division, members=members)):
                break
        else:
            raise StoreUnavailable("the division keeps changing", retry_after_s=5)
    ports.live_league.forget(league.week, player_id)
