"""The keys of live play in Redis. Keys of one bucket share a hash tag, and so a cluster slot."""

from __future__ import annotations

from tapstack.play import leases

RECOVERY = "rebuild:run"
"""Hash: the token of the recovery in progress, and the id of the player that it has reached."""


def player(bucket: int, player_id: str) -> str:
    """Hash of a loaded player: its fields stand in redis_schema.py."""
    return f"{{b{bucket:02d}}}:p:{player_id}"


def _of_bucket(name: str) -> tuple[str, ...]:
    return tuple(f"{{b{bucket:02d}}}:{name}" for bucket in range(100))


def opened(bucket: int, player_id: str) -> str:
    """When (ms) all of a player's allowance of new sessions is back; gone once it is."""
    return f"{{b{bucket:02d}}}:opened:{player_id}"


def ticket(bucket: int, player_id: str) -> str:
    """The ticket of the callers who are reading this player in DynamoDB (lua/take_ticket.lua)."""
    return f"{{b{bucket:02d}}}:ticket:{player_id}"


META = _of_bucket("meta")
"""Hash of the bucket's figures: its fields stand in redis_schema.py."""

SCORES = _of_bucket("board")
"""Sorted set of all players by score (rules/score.py)."""

DIRTY = _of_bucket("dirty")
"""Set of players that changed since a sync last took them into flight."""

SYNCING = _of_bucket("syncing")
"""Set of players in flight: a sync has taken them and not yet written them."""

REFUSED = _of_bucket("refused")
"""Sorted set of players who could not be saved, by when that is tried again (ms); they stay loaded until it works."""

SYNC_LEASE = tuple(leases.sync(bucket) for bucket in range(100))

SESSIONS = _of_bucket("sessions")
"""Sorted set of open sessions, `<player id>:<session key>`, by when they were last seen (ms)."""

ACTIVE = _of_bucket("active")
"""Set of players with an open session."""

ENDED = _of_bucket("ended")
"""Set of players with ended sessions to archive, or with no session open."""

ERASED = _of_bucket("erased")
"""Sorted set of erased players who can't be loaded, by until when (ms): their tokens may still be in use."""

HIDDEN = _of_bucket("hidden")
"""Set of players hidden from the public boards; field `h` of a loaded player says the same."""
