"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class CounterItem(Model):
    """A player's clicks and the watermarks they were counted from, always written together.

    `sessions` maps session keys to [taps, started_at_ms, ended_at_ms], 0 for one that is open; `periods`
    is [day, packed] (rules/periods.py), `counted_update` [update_id, at_ms].
    """

    table = "counters"

    id = UnicodeAttribute(hash_key=True)
    clicks = NumberAttribute()
    tat_us = NumberAttribute(attr_name="spent_us")
    last_tap_at_ms = NumberAttribute()
    sessions = JSONAttribute()
    periods = JSONAttribute(null=True)
    counted_update = JSONAttribute(null=True, attr_name="pressed")


class SessionItem(Model):
    """A line of the session history; DynamoDB drops it by itself after `expires_at_s`."""

    table = "sessions"

    player_id = UnicodeAttribute(hash_key=True)
    session_key = UnicodeAttribute(range_key=True)
    taps = NumberAttribute()
    started_at_ms = NumberAttribute()
    ended_at_ms = NumberAttribute()
    expires_at_s = NumberAttribute()
