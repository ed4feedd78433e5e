"""Everything the game holds of a player, as one JSON value for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tapstack.duels.exporting import exported as exported_duels
from tapstack.economy.exporting import exported
from tapstack.factions.exporting import exported as exported_faction
from tapstack.league.reading import seat_of
from tapstack.live.exporting import exported as exported_rooms
from tapstack.platform.bounds import EXPORT_MESSAGES_MAX, EXPORT_TEXT_MAX
from tapstack.platform.limits import COOLDOWNS
from tapstack.players.accounts import account
from tapstack.players.rules.identity import session_id
from tapstack.raids.exporting import raided_at_s
from tapstack.rallies.exporting import exported as exported_rallies

if TYPE_CHECKING:
    from tapstack.inbox.model import Inbox
    from tapstack.play.model import Counter
    from tapstack.privacy.ports import ExportOwnPorts, ExportPorts
    from tapstack.telegram.model import Message

FILE_NAME = "tapstack-my-data.json"


def export_own(ports: ExportOwnPorts, player_id: str) -> dict[str, Any]:
    """A player's data for themselves; raises NotFound, or TooManyRequests for more than one export a minute."""
    ports.players.get(player_id)
    ports.limiter.spend("export", player_id, COOLDOWNS["export"])
    return export(ports, player_id)


def export(ports: ExportPorts, player_id: str) -> dict[str, Any]:
    """A player's data, with times in ISO 8601 (UTC); raises NotFound (`player_unknown`).

    The players they invited are counted, not named: that is other people's data. Of a long conversation it holds the
    latest EXPORT_MESSAGES_MAX messages and EXPORT_TEXT_MAX characters: an answer of Lambda holds 6 MB.
    """
    player, clicks = account(ports, player_id)
    live = ports.saving.read([player_id])
    counter = live[0] if live else ports.counters.get(player_id)
    chat = ports.conversations.get(player.telegram_id)
    messages, complete = _bounded(ports.messages.all(player.telegram_id))
    economy = exported(ports, player_id)
    causes = [line["cause"] for line in economy["ledger"]] if economy else []
    return {
        "account": {
            "id": player.id,
            "telegram_id": player.telegram_id,
            "username": player.username,
            "reserved_usernames": ports.players.held_names(player_id),
            "display_name": player.display_name,
            "referral_code": player.ref_code,
            "language": player.language,
            "chosen_language": player.chosen_language,
            "created_at": _iso(player.created_at_ms),
            "was_invited": player.referrer_id is not None,
            "standing": str(player.status) or "good",
            "reasons": list(player.reasons),
            "whitelisted": player.whitelisted,
        },
        "clicks": clicks,
        "paid_taps": counter.paid_taps if counter else 0,
        "energy_spent_until": _iso(counter.energy_tat_ms) if counter and counter.energy_tat_ms > 0 else None,
        "last_tap_at": _iso(counter.last_tap_at_ms) if counter and counter.last_tap_at_ms else None,
        "periods": _periods(counter),
        "league": _league(ports, player_id),
        "groups": [{"telegram_id": i, "taps": share.taps} for i, share in ports.groups.of_player(player_id).items()],
        "factions": exported_faction(ports, player_id),
        "rooms": exported_rooms(ports, player_id),
        "economy": economy,
        "raided_at_s": raided_at_s(ports, player_id),
        "rallies": exported_rallies(ports, player_id, causes),
        "duels": exported_duels(ports, player_id, causes),
        "referrals": {
            "direct": player.direct_referrals,
            "indirect": player.indirect_referrals,
            "boost": player.boost,
        },
        "chat": {
            "language": chat.language or None,
            "notifications": chat.notify,
            "reminders": chat.reminders,
            "muted": list(chat.muted),
            "quiet_hours": [chat.quiet_from_h, chat.quiet_to_h],
            "utc_offset_min": chat.utc_offset_min,
            "zone": chat.zone or None,
            "blocked": chat.blocked,
        },
        "notifications": _notifications(ports.inbox.read(player_id, ports.clock())),
        "messages": [{"at": _iso(m.at_ms), "direction": m.direction, "text": m.text} for m in messages],
        "messages_complete": complete,
        "broadcasts": [{"id": i, "outcome": o} for i, o in ports.broadcasts.received(player.telegram_id).items()],
        "decisions": [
            {"at": _iso(e.at_ms), "action": e.action, "reason": e.reason, "data": e.data}
            for e in ports.audit.entries(player_id, limit=1_000)
        ],
        "sessions": _sessions(ports, player_id, counter),
    }


def _notifications(found: Inbox) -> list[dict[str, Any]]:
    """A player's inbox; whom it is about is counted, not named."""
    return [
        {"at": _iso(n.at_ms), "kind": n.kind, "facts": dict(n.facts), "people": len(n.people), "new": found.is_new(n)}
        for n in found.notices
    ]


def _bounded(messages: Iterator[Message]) -> tuple[list[Message], bool]:
    """The latest messages that fit into an export, and whether these are all."""
    kept: list[Message] = []
    room = EXPORT_TEXT_MAX
    for message in messages:
        room -= len(message.text)
        if room < 0 or len(kept) == EXPORT_MESSAGES_MAX:
            return kept, False
        kept.append(message)
    return kept, True


def _periods(counter: Counter | None) -> list[dict[str, Any]]:
    """A player's clicks on the boards of the current days, weeks and months."""
    if counter is None or counter.periods is None:
        return []
    rows = counter.periods.done(counter.clicks, counter.last_tap_at_ms)
    return [{"period": p.label(done.number), "clicks": done.clicks} for p, done in rows if done.clicks]


def _league(ports: ExportPorts, player_id: str) -> dict[str, Any] | None:
    """A player's division in the league of this week."""
    seat = seat_of(ports, player_id)
    return {"tier": seat[0], "division": seat[1]} if seat else None


def _sessions(ports: ExportPorts, player_id: str, counter: Counter | None) -> list[dict[str, Any]]:
    known = counter.sessions.items() if counter else ()
    open_sessions = [(key, s.taps, s.started_at_ms, 0) for key, s in known if s.open]
    ended = [(s.session_key, s.taps, s.started_at_ms, s.ended_at_ms) for s in ports.counters.history(player_id)]
    return [
        {"session_id": session_id(key), "taps": taps, "started_at": _iso(began), "ended_at": _iso(end) if end else None}
        for key, taps, began, end in (*open_sessions, *ended)
    ]


def _iso(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).isoformat(timespec="milliseconds")
