"""Standing of players: whitelists, bans, shadow bans and suspicions."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tapstack.moderation import rules
from tapstack.platform.batches import batches
from tapstack.platform.errors import NotFound
from tapstack.play.model import Counter, Refusal
from tapstack.play.taps import tickets
from tapstack.players.model import ModerationStatus, Player

if TYPE_CHECKING:
    from tapstack.ports import Stores

THREADS = 8
SAMPLED_AT_ONCE = 500
SAMPLES_FOR_S = 300
"""Samples that are not followed by another within this are forgotten: only minutes in a row tell anything."""


def set_standing(stores: Stores, player_id: str, standing: ModerationStatus, reasons: Sequence[str] = ()) -> Player:
    """Gives a player a standing, on the boards too; raises NotFound (`player_unknown`).

    A ban ends their sessions and no new one opens. Doing it again changes nothing.
    """
    good = standing is ModerationStatus.GOOD
    stores.players.change(
        player_id,
        standing=None if good else str(standing),
        standing_at_ms=None if good else stores.clock(),
        reasons=None if good else list(reasons),
    )
    player = stores.players.get(player_id)
    if player.hidden:
        stores.live_moderation.hide(player_id)
        stores.period_boards.forget(player_id, stores.clock())
    else:
        _show(stores, player_id)
    if standing is ModerationStatus.BANNED:
        end_sessions(stores, player_id)
    return player


def _show(stores: Stores, player_id: str) -> None:
    for ticket in tickets(stores, player_id):
        counter = _counter(stores, player_id)
        shown = stores.live_moderation.show(player_id, counter.clicks, counter.last_tap_at_ms, ticket)
        if shown is not Refusal.STALE:
            stores.period_boards.rank([counter], stores.clock())
            return


def _counter(stores: Stores, player_id: str) -> Counter:
    live = stores.saving.read([player_id])
    return live[0] if live else stores.counters.get(player_id) or Counter(player_id)


def end_sessions(stores: Stores, player_id: str) -> int:
    """Ends whatever a player has open; how many sessions that was."""
    open_sessions = [key for key, s in _counter(stores, player_id).sessions.items() if s.open]
    return sum(stores.play.end_session(player_id, key) for key in open_sessions)


def hide_all(stores: Stores) -> int:
    """Takes everybody off the boards who belongs off them: after Redis has forgotten who does."""
    hidden = 0
    for standing in (ModerationStatus.SHADOW, ModerationStatus.BANNED):
        for player in stores.player_index.all_of_standing(standing):
            stores.live_moderation.hide(player.id)
            stores.period_boards.forget(player.id, stores.clock())
            hidden += 1
    return hidden


def set_whitelisted(stores: Stores, player_ids: Sequence[str], whitelisted: bool) -> list[str]:
    """Sets the flag for many players, several at once; the ids that are nobody's."""

    def one(player_id: str) -> str | None:
        try:
            stores.players.change(player_id, whitelisted=whitelisted or None)
        except NotFound:
            return player_id
        return None

    with ThreadPoolExecutor(THREADS) as pool:
        return [unknown for unknown in pool.map(one, player_ids) if unknown]


def whitelisted_among(stores: Stores, player_ids: Sequence[str]) -> set[str]:
    """Which of some players are on the whitelist: a read of a hundred at a time."""
    return {player.id for player in stores.players.get_many(player_ids).values() if player.whitelisted}


def watch(stores: Stores) -> list[str]:
    """Notes how everybody who plays gets on, and flags who looks like a program; the ids newly flagged.

    Whitelisted players and those with a standing are left alone. Nobody is ever banned by this.
    """
    flagged: list[str] = []
    for ids in batches(stores.live_moderation.active(), SAMPLED_AT_ONCE):
        noted = stores.live_moderation.sample(ids, rules.WATCHED_MIN + 1, SAMPLES_FOR_S)
        busy = [i for i, clicks in noted.items() if _worth_a_look(clicks)]
        for player in stores.players.get_many(busy).values() if busy else ():
            if player.whitelisted or player.standing is not ModerationStatus.GOOD:
                continue
            if reasons := suspicions(stores, player.id, noted[player.id]):
                set_standing(stores, player.id, ModerationStatus.SUSPECT, reasons)
                flagged.append(player.id)
    return flagged


def _worth_a_look(clicks: Sequence[int]) -> bool:
    """Saves the reads for nearly everybody: who is at it for WATCHED_MIN minutes without a pause."""
    return len(clicks) > rules.WATCHED_MIN and all(b > a for a, b in zip(clicks, clicks[1:], strict=False))


def suspicions(stores: Stores, player_id: str, clicks_by_minute: Sequence[int] = ()) -> list[str]:
    """Why a player looks like a program, with what the session history says."""
    now_ms = stores.clock()
    sessions = [(line.started_at_ms, line.ended_at_ms) for line in stores.counters.history(player_id)]
    sessions += [(s.started_at_ms, now_ms) for s in _counter(stores, player_id).sessions.values() if s.open]
    return rules.reasons(clicks_by_minute, sessions, now_ms=now_ms, taps_per_s=stores.settings.taps_per_s)
