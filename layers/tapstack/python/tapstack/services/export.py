"""What the game holds of a player, as one JSON value for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapstack.domain.identity import session_id
from tapstack.services.players import account

if TYPE_CHECKING:
    from tapstack.services.stores import Stores


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="milliseconds")


def export(stores: Stores, player_id: str) -> dict[str, Any]:
    """A player's data, with times in ISO 8601 (UTC); raises NotFound (`player_unknown`).

    Who they invited is counted, not named: that is other people's data.
    """
    player, clicks = account(stores, player_id)
    live = stores.hot_sync.read([player_id])
    counter = live[0] if live else stores.counters.get(player_id)
    open_sessions = counter.sessions if counter else {}
    return {
        "account": {
            "id": player.id,
            "telegram_id": player.telegram_id,
            "username": player.username,
            "display_name": player.display_name,
            "referral_code": player.ref_code,
            "language": player.language,
            "created_at": _iso(player.created_at_ms),
            "was_invited": player.referrer_id is not None,
            "standing": str(player.standing) or "good",
            "reasons": list(player.reasons),
        },
        "clicks": clicks,
        "referrals": {
            "direct": player.direct_referrals,
            "indirect": player.indirect_referrals,
            "boost": player.boost,
        },
        "messages": [
            {"at": _iso(m.at_ms), "direction": m.direction, "text": m.text}
            for m in stores.messages.all(player.telegram_id)
        ],
        "decisions": [
            {"at": _iso(e.at_ms), "action": e.action, "reason": e.reason, "data": e.data}
            for e in stores.desk.notes(player_id)
        ],
        "sessions": [
            {"session_id": session_id(key), "taps": s.taps, "started_at": _iso(s.started_at_ms), "ended_at": None}
            for key, s in open_sessions.items()
            if s.open
        ]
        + [
            {
                "session_id": session_id(line.session_key),
                "taps": line.taps,
                "started_at": _iso(line.started_at_ms),
                "ended_at": _iso(line.ended_at_ms),
            }
            for line in stores.counters.history(player_id)
        ],
    }
