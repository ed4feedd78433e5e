"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

import json
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from tapstack.platform.dynamo_tables import VersionedModel
from tapstack.play.schemas import COUNTERS, SESSIONS

_encode = json.JSONEncoder(separators=(",", ":")).encode


class CompactJson(JSONAttribute):
    """JSON without spaces: an item is written by each save, and paid by its size."""

    def serialize(self, value: Any) -> str | None:
        return None if value is None else _encode(value)


class CounterItem(VersionedModel):
    """A player's clicks and the watermarks they were counted from, always written together.

    `sessions` maps session keys to [taps, started_at_ms, ended_at_ms], 0 for one that is open; `periods`
    is [day, packed] (rules/periods.py), `counted_update` [update_id, at_ms]. `fields` are those of the player's hash in
    Redis that this release doesn't know: what a newer one keeps there needs no attribute of its own.
    """

    table = COUNTERS.table
    schema = COUNTERS

    id = UnicodeAttribute(hash_key=True)
    clicks = NumberAttribute()
    tat_us = NumberAttribute(attr_name="spent_us")
    last_tap_at_ms = NumberAttribute()
    sessions = CompactJson()
    periods = CompactJson(null=True)
    counted_update = CompactJson(null=True, attr_name="pressed")
    fields = CompactJson(null=True)


class SessionItem(VersionedModel):
    """A row of the session history; DynamoDB drops it by itself after `expires_at_s`.

    `more` is the tail of a row in CounterItem's `sessions` that is longer than this release knows, as JSON.
    """

    table = SESSIONS.table
    schema = SESSIONS

    player_id = UnicodeAttribute(hash_key=True)
    session_key = UnicodeAttribute(range_key=True)
    taps = NumberAttribute()
    started_at_ms = NumberAttribute()
    ended_at_ms = NumberAttribute()
    more = UnicodeAttribute(null=True)
    expires_at_s = NumberAttribute()
