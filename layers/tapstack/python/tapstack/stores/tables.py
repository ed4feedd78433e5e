"""The DynamoDB tables as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model

if TYPE_CHECKING:
    from tapstack.config import Settings


class PlayerItem(Model):
    """An account. `username` is absent until one is chosen."""

    id = UnicodeAttribute(hash_key=True)
    telegram_id = NumberAttribute()
    username = UnicodeAttribute(null=True)
    display_name = UnicodeAttribute()
    ref_code = UnicodeAttribute()
    language = UnicodeAttribute()
    created_at_ms = NumberAttribute()


class UniqueItem(Model):
    """Who holds a value that only one player may hold: `tg#<telegram id>`, `name#<username>`, `ref#<code>`."""

    key = UnicodeAttribute(hash_key=True)
    player_id = UnicodeAttribute()


class CounterItem(Model):
    """A player's clicks and the watermarks they were counted from, always written together.

    `sessions` maps session keys to [taps, started_at_ms, ended_at_ms], 0 for one that is open.
    """

    id = UnicodeAttribute(hash_key=True)
    clicks = NumberAttribute()
    spent_us = NumberAttribute()
    last_tap_at_ms = NumberAttribute()
    sessions = JSONAttribute()


class SessionItem(Model):
    """A line of the session history; DynamoDB drops it by itself after `expires_at_s`."""

    player_id = UnicodeAttribute(hash_key=True)
    session_key = UnicodeAttribute(range_key=True)
    taps = NumberAttribute()
    started_at_ms = NumberAttribute()
    ended_at_ms = NumberAttribute()
    expires_at_s = NumberAttribute()


class ChatItem(Model):
    """A conversation with the bot; `body` is domain/chat.py's Chat as JSON."""

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    expires_at_s = NumberAttribute()


CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 3
ATTEMPTS = 3
CONNECTIONS = 16

M = TypeVar("M", bound=Model)


def bound(model: type[M], table_name: str) -> type[M]:
    """The model as it stands in a table, with this game's time-outs.

    A PynamoDB model keeps one connection to one table for good; a class per table lets two games be in one process.
    """
    meta = type(
        "Meta",
        (),
        {
            "table_name": table_name,
            "connect_timeout_seconds": CONNECT_TIMEOUT_S,
            "read_timeout_seconds": READ_TIMEOUT_S,
            "max_retry_attempts": ATTEMPTS - 1,
            "max_pool_connections": CONNECTIONS,
        },
    )
    metaclass: Any = type(model)
    return cast("type[M]", metaclass(model.__name__, (model,), {"Meta": meta}))


class Tables:
    """The models of one game, in its own tables."""

    def __init__(self, settings: Settings) -> None:
        self.player = bound(PlayerItem, settings.players_table)
        self.unique = bound(UniqueItem, settings.uniques_table)
        self.counter = bound(CounterItem, settings.counters_table)
        self.session = bound(SessionItem, settings.sessions_table)
        self.chat = bound(ChatItem, settings.chats_table)
        self.connection = Connection(
            connect_timeout_seconds=CONNECT_TIMEOUT_S,
            read_timeout_seconds=READ_TIMEOUT_S,
            max_retry_attempts=ATTEMPTS - 1,
            max_pool_connections=CONNECTIONS,
        )
