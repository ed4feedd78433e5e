"""The DynamoDB tables as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

if TYPE_CHECKING:
    from tapstack.config import Settings


class PlayerItem(Model):
    """An account. `username` is absent until one is chosen."""

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    telegram_id = NumberAttribute()
    username = UnicodeAttribute(null=True)
    display_name = UnicodeAttribute()
    ref_code = UnicodeAttribute()
    language = UnicodeAttribute()
    created_at_ms = NumberAttribute()


class UniqueItem(Model):
    """Who holds a value that only one player may hold: `tg#<telegram id>`, `name#<username>`, `ref#<code>`."""

    class Meta:
        table_name = ""

    key = UnicodeAttribute(hash_key=True)
    player_id = UnicodeAttribute()


class CounterItem(Model):
    """A player's clicks and the watermarks they were counted from, always written together.

    `sessions` maps session keys to [taps, started_at_ms, open].
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    clicks = NumberAttribute()
    spent_us = NumberAttribute()
    last_tap_at_ms = NumberAttribute()
    sessions = JSONAttribute()


class SessionItem(Model):
    """A line of the session history; DynamoDB drops it by itself after `expires_at_s`."""

    class Meta:
        table_name = ""

    player_id = UnicodeAttribute(hash_key=True)
    session_key = UnicodeAttribute(range_key=True)
    taps = NumberAttribute()
    started_at_ms = NumberAttribute()
    ended_at_ms = NumberAttribute()
    expires_at_s = NumberAttribute()


CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 3


def bind(settings: Settings) -> None:
    """Gives the models their tables' names and time-outs; once per container, before the first use."""
    names: dict[type[Model], str] = {
        PlayerItem: settings.players_table,
        UniqueItem: settings.uniques_table,
        CounterItem: settings.counters_table,
        SessionItem: settings.sessions_table,
    }
    for model, name in names.items():
        meta = model.Meta
        meta.table_name = name
        meta.connect_timeout_seconds = CONNECT_TIMEOUT_S
        meta.read_timeout_seconds = READ_TIMEOUT_S
        meta.max_retry_attempts = 2
        meta.max_pool_connections = 16
