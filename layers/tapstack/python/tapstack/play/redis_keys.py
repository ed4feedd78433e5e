"""The keys of live play in Redis. Keys of one bucket share a hash tag, and so a cluster slot."""

from __future__ import annotations

from tapstack.play import leases

RECOVERY = "rebuild:run"
"""Hash: the token of the recovery in progress, and the id of the player that it has reached."""


def player(bucket: int, player_id: str) -> str:
    return f"{{b{bucket:02d}}}:p:{player_id}"


def _of_bucket(name: str) -> tuple[str, ...]:
    return tuple(f"{{b{bucket:02d}}}:{name}" for bucket in range(100))


def opened(bucket: int, player_id: str) -> str:
    """Up to when (ms) a player's allowance of new sessions is used; gone once all of it is there again."""
    return f"{{b{bucket:02d}}}:opened:{player_id}"


def ticket(bucket: int, player_id: str) -> str:
    """The ticket of who reads this player in DynamoDB just now (lua/take_ticket.lua)."""
    return f"{{b{bucket:02d}}}:ticket:{player_id}"


META = _of_bucket("meta")
"""Hash: total, o_clicks, o_players, o_active (what the other buckets hold), version, flush, gate, window,
epoch (absent until the board is whole), rebuilder (who makes it so), begun (when the last sync began, ms), saved_to
(up to when all changes are saved, ms, but those of refused players)."""

SCORES = _of_bucket("board")
"""Sorted set of all players by score (domain/ranking.py)."""

DIRTY = _of_bucket("dirty")
"""Set of players that changed since they were last set aside for a sync."""

SYNCING = _of_bucket("syncing")
"""Set of players that a sync has set aside and not yet written."""

REFUSED = _of_bucket("refused")
"""Sorted set of players who could not be saved, by when that is tried again (ms); they stay loaded until it works."""

SYNC_LEASE = tuple(leases.sync(bucket) for bucket in range(100))

SESSIONS = _of_bucket("sessions")
"""Sorted set of open sessions, `<player id>:<session key>`, by when they were last heard of (ms)."""

ACTIVE = _of_bucket("active")
"""Set of players with an open session."""

ENDED = _of_bucket("ended")
"""Set of players with ended sessions to settle, or nothing open at all."""

ERASED = _of_bucket("erased")
"""Sorted set of erased players who can't be loaded, by until when (ms): their tokens may still be about."""

HIDDEN = _of_bucket("hidden")
"""Set of players whom the public boards leave off; field `h` of a loaded player says the same."""
