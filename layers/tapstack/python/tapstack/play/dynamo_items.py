"""Counters and ended sessions as items of DynamoDB, and back. Their keys and indexes stand in template.yaml.

No PynamoDB models: each save writes each active player, and a model takes longer for that than all else does.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tapstack.platform.versions import VERSION, Item, from_json, to_json
from tapstack.play.model import CountedUpdate, Counter, EndedSession, SessionState, check
from tapstack.play.newer import Newer
from tapstack.play.rules.periods import Periods
from tapstack.play.schemas import COUNTERS, SESSIONS

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, msgspec.DecodeError)
"""What reading an item raises that this code has not written."""

HISTORY_KEPT_S = 30 * 86_400
"""How long an ended session can be reopened at its watermark; clients start a new one after a day."""

_SESSION, _PERIODS, _UPDATE = 3, 2, 2
"""Elements of an item's rows that this release knows."""

_PAID_TAPS, _ENERGY = "pt", "en"

_KNOWN = frozenset({"id", VERSION, "clicks", "spent_us", "last_tap_at_ms", "sessions", "periods", "pressed", "fields"})
_encode, _decode = msgspec.json.encode, msgspec.json.decode


def counter_key(player_id: str) -> Item:
    """The key of a player's counter."""
    return {"id": {"S": player_id}}


def counter_item(counter: Counter) -> Item:
    """The item of a counter, with all that a newer release has said of it.

    `sessions` maps session keys to [taps, started_at_ms, ended_at_ms], 0 for one that is open; `periods`
    is [day, packed] (rules/periods.py), `pressed` [update_id, at_ms]. `fields` are those of the player's hash in Redis
    that the first release with such items did not know: `pt` and `en` (redis_schema.py), which it carries along, and
    any that this one doesn't know. What a newer release keeps there needs no attribute of its own. All four are JSON.
    """
    newer = Newer.unpack(counter.newer)
    sessions = {
        key: (s.taps, s.started_at_ms, s.ended_at_ms, *newer.sessions.get(key, ()))
        for key, s in counter.sessions.items()
    }
    item: Item = {name: from_json(value) for name, value in newer.attributes.items()}
    item["id"] = {"S": counter.player_id}
    item["clicks"] = {"N": str(counter.clicks)}
    item["spent_us"] = {"N": str(counter.tat_us)}
    item["last_tap_at_ms"] = {"N": str(counter.last_tap_at_ms)}
    item["sessions"] = _json(sessions)
    if counter.periods:
        item["periods"] = _json([counter.periods.day, counter.periods.packed(), *newer.periods])
    if counter.counted_update:
        item["pressed"] = _json([*counter.counted_update, *newer.counted_update])
    fields: dict[str, str | int] = dict(counter.fields)
    if counter.paid_taps or counter.energy_tat_ms:
        fields |= {_PAID_TAPS: counter.paid_taps, _ENERGY: counter.energy_tat_ms}
    if fields:
        item["fields"] = _json(fields)
    item[VERSION] = {"N": str(max(COUNTERS.version, newer.v))}
    return item


def counter_of(item: Item) -> Counter:
    """The counter in an item; raises one of UNREADABLE for one that this code has not written."""
    item = COUNTERS.upcast(item)
    rows = _decode(item["sessions"]["S"])
    day_row = _row(item, "periods")
    update_row = _row(item, "pressed")
    version = int(item[VERSION]["N"])
    newer = Newer(
        v=version if version > COUNTERS.version else 0,
        attributes={name: to_json(value) for name, value in item.items() if name not in _KNOWN},
        sessions={key: row[_SESSION:] for key, row in rows.items() if len(row) > _SESSION},
        periods=day_row[_PERIODS:],
        counted_update=update_row[_UPDATE:],
    ).packed()
    fields = dict(_decode(item["fields"]["S"])) if "fields" in item else {}
    paid_taps, energy_tat_ms = (int(fields.pop(name, 0)) for name in (_PAID_TAPS, _ENERGY))
    return check(
        Counter(
            item["id"]["S"],
            clicks=int(item["clicks"]["N"]),
            tat_us=int(item["spent_us"]["N"]),
            last_tap_at_ms=int(item["last_tap_at_ms"]["N"]),
            sessions={key: SessionState(*row[:_SESSION]) for key, row in rows.items()},
            periods=Periods.unpack(*day_row[:_PERIODS]) if day_row else None,
            counted_update=CountedUpdate(*update_row[:_UPDATE]) if update_row else None,
            newer=newer,
            fields={str(name): str(value) for name, value in fields.items()},
            paid_taps=paid_taps,
            energy_tat_ms=energy_tat_ms,
        )
    )


def session_key_of(player_id: str, session_key: str) -> Item:
    """The key of a row of the session history."""
    return {"player_id": {"S": player_id}, "session_key": {"S": session_key}}


def session_update(line: EndedSession) -> dict[str, Any]:
    """How a row of the history is written: its watermark never falls, and what a newer release has added stays.

    DynamoDB drops a row by itself after `expires_at_s`. `more` is the tail of a row in a counter's `sessions` that is
    longer than this release knows, as JSON.
    """
    values = {
        ":taps": {"N": str(line.taps)},
        ":started": {"N": str(line.started_at_ms)},
        ":ended": {"N": str(line.ended_at_ms)},
        ":expires": {"N": str(line.ended_at_ms // 1_000 + HISTORY_KEPT_S)},
        ":version": {"N": str(SESSIONS.version)},
    }
    changes = ["taps = :taps", "started_at_ms = :started", "ended_at_ms = :ended", "expires_at_s = :expires"]
    changes.append("v = if_not_exists(v, :version)")
    if line.more:
        values[":more"] = {"S": line.more}
        changes.append("more = :more")
    return {
        "Key": session_key_of(line.player_id, line.session_key),
        "UpdateExpression": f"SET {', '.join(changes)}",
        "ConditionExpression": "attribute_not_exists(player_id) OR taps <= :taps",
        "ExpressionAttributeValues": values,
    }


def session_of(item: Item) -> EndedSession:
    """The ended session in a row of the history."""
    item = SESSIONS.upcast(item)
    return EndedSession(
        item["player_id"]["S"],
        item["session_key"]["S"],
        taps=int(item["taps"]["N"]),
        started_at_ms=int(item["started_at_ms"]["N"]),
        ended_at_ms=int(item["ended_at_ms"]["N"]),
        more=item["more"]["S"] if "more" in item else "",
    )


def _json(value: object) -> Item:
    """A value as compact JSON: an item is written by each save, and paid by its size."""
    return {"S": _encode(value).decode()}


def _row(item: Item, name: str) -> list[Any]:
    return list(_decode(item[name]["S"])) if name in item else []
