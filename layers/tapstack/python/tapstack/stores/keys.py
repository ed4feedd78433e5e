"""The names of everything in Redis. Keys of one bucket share a hash tag, and so a cluster slot."""

from __future__ import annotations

BOARD = "board:all"
"""The public leaderboard as its readers get it (JSON)."""

BOARD_LEASE = "board:lease"
PERIODS_LEASE = "board:periods:lease"
"""Who has it brings the boards of days, weeks and months up to date, for everybody who looks at one."""

BOARD_LATER = "board:later"
SYNC_LATER = "sync:later"
REBUILD_LEASE = "rebuild:lease"
REBUILD_RUN = "rebuild:run"
"""Hash: the token of the rebuild under way and the id of the player it has come to."""


BOT_NAME = "bot:name"

OUTBOX_QUEUE = "{outbox}:queue"
"""Sorted set of the names of waiting calls, by when they are due (ms)."""

OUTBOX_CALLS = "{outbox}:calls"
"""Hash: the waiting calls by name, `<version> <failed attempts> <JSON>`."""

OUTBOX_UNDER_WAY = "{outbox}:under-way"
"""Sorted set of messages (`<chat>:<message>`) of which an edit is being sent, by when that is given up (ms)."""

OUTBOX_CHATS = "{outbox}:chats"
"""Sorted set of chats by when they may get their next message (ms)."""

OUTBOX_GATE = "{outbox}:gate"
"""Hash: spent (us, GCRA of the bot), paused (ms), awake, woken (ms), sender, version; and clock, time (ms), by which
all of the outbox goes: lua/shared/outbox_time.lua."""


def outbox_once(chat_id: int) -> str:
    """Sorted set of the names of a chat's calls that were put in once and for all, by until when that holds (ms)."""
    return f"{{outbox}}:once:{chat_id}"


def outbox_sent(hour: int) -> str:
    """Hash of what messages show, by name of their edits, for those edited in an hour."""
    return f"{{outbox}}:sent:{hour}"


def chat_card(user_id: int) -> str:
    return f"chat:{user_id}:card"


def chat_lock(user_id: int) -> str:
    return f"chat:{user_id}:lock"


def share_claim(player_id: str) -> str:
    """What a player claims to share their score: it is there while they may not do so again."""
    return f"share:{player_id}"


def limit(what: str, who: str) -> str:
    """How much of what they may ask somebody (hashed) has used up, of one kind of call."""
    return f"limit:{what}:{who}"


def export_claim(player_id: str) -> str:
    """What a player claims to export their data, likewise."""
    return f"export:{player_id}"


def due_claim(kind: str) -> str:
    """What the sender of a kind of work claims, so that it is sent once for all buckets."""
    return f"{kind}:claim"


def window_claim(window: int) -> str:
    """What the sender of the sync at a window's end claims, so that it is sent once for all buckets."""
    return f"sync:window:{window}"


def player(bucket: int, player_id: str) -> str:
    return f"{{b{bucket:02d}}}:p:{player_id}"


def _of_bucket(name: str) -> tuple[str, ...]:
    return tuple(f"{{b{bucket:02d}}}:{name}" for bucket in range(100))


def opened(bucket: int, player_id: str) -> str:
    """Up to when (ms) a player's allowance of new sessions is used; gone once all of it is there again."""
    return f"{{b{bucket:02d}}}:opened:{player_id}"


def refusal_claim(player_id: str) -> str:
    """What is claimed to report a player who can't be saved: it is there while that need not be said again."""
    return f"refused:{player_id}"


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

SYNC_LEASE = _of_bucket("lease")

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


def period(kind: str, number: int, buckets: int) -> list[str]:
    """The boards of one day, week or month: sorted sets of who tapped in it, by score."""
    return [f"{{b{bucket:02d}}}:{kind}:{number}" for bucket in range(buckets)]


def period_board(kind: str) -> str:
    """The leaderboard of the current day, week or month as its readers get it (JSON)."""
    return f"board:{kind}"


def samples(bucket: int, player_id: str) -> str:
    """The clicks of a player as they were noted each minute."""
    return f"{{b{bucket:02d}}}:samples:{player_id}"
