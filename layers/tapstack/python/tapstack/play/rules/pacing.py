"""How fast players may tap, and how often clients should come back."""

from __future__ import annotations

FLUSH_MIN_MS = 1_000
FLUSH_MAX_MS = 15_000

BURST_S = FLUSH_MAX_MS // 1_000 + 5
"""The token bucket covers the longest flush interval plus a margin for the network."""

RECOVERY_MAX_S = 3_600
"""After a lost Redis a player's allowance reaches back to the last sync, but no further than this."""

RECOVERY_GRACE_S = 120
"""How long after a reload from DynamoDB clients have to bring their counts again."""

REQUESTS_PER_S = 20
REQUEST_BURST_S = 5
"""One player's requests: far above what any client sends, low enough to stop a flood."""

CLAIM_GAP_MS = 1_000
"""The least time between two claims of due work."""

UPDATE_KEPT_MS = 3_600_000
"""How long a counted update is remembered: Telegram repeats a callback query for 150 s.

Not for ever: after a week without updates their ids start anywhere, https://core.telegram.org/bots/api#update
"""


def dirty_of_bucket(sync_at_dirty: int, buckets: int) -> int:
    """How many dirty players of one bucket make a sync due before the window's end; 0 if no number does."""
    return max(1, sync_at_dirty // buckets) if sync_at_dirty else 0


def tap_burst(taps_per_s: int) -> int:
    """How many taps a player who has rested may send at once."""
    return taps_per_s * BURST_S


def flush_every_ms(active_players: int, requests_per_s_budget: int) -> int:
    """When a client should send its next batch: the crowd never sends more than the budget a second.

    Clamped to 1 to 15 s, so beyond 15 s worth of budget the rate does grow, linearly and slowly.
    """
    wanted = active_players * 1_000 // requests_per_s_budget
    return max(FLUSH_MIN_MS, min(FLUSH_MAX_MS, wanted))


def heartbeat_every_ms(session_idle_s: int) -> int:
    """A third of the idle limit, so that two lost heartbeats end no session."""
    return session_idle_s * 1_000 // 3
