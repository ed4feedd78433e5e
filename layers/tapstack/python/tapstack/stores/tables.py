"""The DynamoDB tables as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

if TYPE_CHECKING:
    from tapstack.config import Settings


class _KeysOnly:
    """Indexes hold keys: what they lead to is read from the table, so that an update of it writes no index."""

    projection = KeysOnlyProjection()


class ByCreated(GlobalSecondaryIndex["PlayerItem"]):
    """All players by the day they joined, each day in a few shards, newest last."""

    class Meta(_KeysOnly):
        index_name = "by_created"

    shard = UnicodeAttribute(hash_key=True)
    created_at_ms = NumberAttribute(range_key=True)


class ByName(GlobalSecondaryIndex["PlayerItem"]):
    """Players by display name, folded; a partition holds the names that start with the same two characters."""

    class Meta(_KeysOnly):
        index_name = "by_name"

    name_part = UnicodeAttribute(hash_key=True)
    name_key = UnicodeAttribute(range_key=True)


class ByUsername(GlobalSecondaryIndex["PlayerItem"]):
    """Players by username, likewise."""

    class Meta(_KeysOnly):
        index_name = "by_username"

    username_part = UnicodeAttribute(hash_key=True)
    username_key = UnicodeAttribute(range_key=True)


class ByReferrer(GlobalSecondaryIndex["PlayerItem"]):
    """Players by who invited them, oldest first."""

    class Meta(_KeysOnly):
        index_name = "by_referrer"

    referrer_id = UnicodeAttribute(hash_key=True)
    created_at_ms = NumberAttribute(range_key=True)


class ByStanding(GlobalSecondaryIndex["PlayerItem"]):
    """The few players whose standing is not good."""

    class Meta(_KeysOnly):
        index_name = "by_standing"

    standing = UnicodeAttribute(hash_key=True)
    standing_at_ms = NumberAttribute(range_key=True)


class ByCreditDue(GlobalSecondaryIndex["PlayerItem"]):
    """The few players whose referrers have not been credited yet."""

    class Meta(_KeysOnly):
        index_name = "by_credit_due"

    credit_due = UnicodeAttribute(hash_key=True)
    created_at_ms = NumberAttribute(range_key=True)


class ByErasing(GlobalSecondaryIndex["PlayerItem"]):
    """The few players whose erasure has begun and is not finished, the oldest first."""

    class Meta(_KeysOnly):
        index_name = "by_erasing"

    erasing = UnicodeAttribute(hash_key=True)
    erasing_at_ms = NumberAttribute(range_key=True)


class PlayerItem(Model):
    """An account. `username` is absent until one is chosen.

    Once `erased_at_ms` is set, nothing is left but the opaque id and its place in the tree of referrals.
    """

    id = UnicodeAttribute(hash_key=True)
    telegram_id = NumberAttribute(null=True)
    username = UnicodeAttribute(null=True)
    display_name = UnicodeAttribute(null=True)
    ref_code = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    created_at_ms = NumberAttribute()

    shard = UnicodeAttribute(null=True)
    name_part = UnicodeAttribute(null=True)
    name_key = UnicodeAttribute(null=True)
    username_part = UnicodeAttribute(null=True)
    username_key = UnicodeAttribute(null=True)
    held_names = JSONAttribute(null=True)

    referrer_id = UnicodeAttribute(null=True)
    ancestors = JSONAttribute(null=True)
    credit_due = UnicodeAttribute(null=True)
    direct_referrals = NumberAttribute(null=True)
    indirect_referrals = NumberAttribute(null=True)
    boost = NumberAttribute(null=True)

    whitelisted = BooleanAttribute(null=True)
    standing = UnicodeAttribute(null=True)
    standing_at_ms = NumberAttribute(null=True)
    reasons = JSONAttribute(null=True)

    erasing = UnicodeAttribute(null=True)
    erasing_at_ms = NumberAttribute(null=True)
    erased_at_ms = NumberAttribute(null=True)

    by_created = ByCreated()
    by_name = ByName()
    by_username = ByUsername()
    by_referrer = ByReferrer()
    by_standing = ByStanding()
    by_credit_due = ByCreditDue()
    by_erasing = ByErasing()


class UniqueItem(Model):
    """Who holds a value that only one player may hold: `tg#<telegram id>`, `name#<username>`, `ref#<code>`.

    `ban#<mark>` keeps a banned Telegram account out whose player was erased (domain/bans.py).

    A name that was given up is only held until `held_until_s`; DynamoDB drops it some time after.
    """

    key = UnicodeAttribute(hash_key=True)
    player_id = UnicodeAttribute()
    held_until_s = NumberAttribute(null=True)


class CounterItem(Model):
    """A player's clicks and the watermarks they were counted from, always written together.

    `sessions` maps session keys to [taps, started_at_ms, ended_at_ms], 0 for one that is open; `periods`
    is [day, packed] (domain/periods.py), `pressed` [update_id, at_ms].
    """

    id = UnicodeAttribute(hash_key=True)
    clicks = NumberAttribute()
    spent_us = NumberAttribute()
    last_tap_at_ms = NumberAttribute()
    sessions = JSONAttribute()
    periods = JSONAttribute(null=True)
    pressed = JSONAttribute(null=True)


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


class BroadcastItem(Model):
    """An operator's message to many, domain/broadcasts.py's Broadcast; writes depend on what stands beside `body`."""

    id = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    driver = UnicodeAttribute()
    body = UnicodeAttribute()
    expires_at_s = NumberAttribute()


class DeliveryItem(Model):
    """That a message of a broadcast to a chat is about to be sent by who holds `token`, and what came of it."""

    broadcast_id = UnicodeAttribute(hash_key=True)
    chat_id = UnicodeAttribute(range_key=True)
    token = UnicodeAttribute()
    outcome = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    expires_at_s = NumberAttribute()


class BoardItem(Model):
    """The best of a period that is over, as [[id, clicks]]; or, as `fame`, of all periods: [[id, clicks, name]]."""

    kind = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(range_key=True)
    rows = JSONAttribute()
    players = NumberAttribute(null=True)
    closed_at_ms = NumberAttribute(null=True)
    version = NumberAttribute(null=True)


class MessageItem(Model):
    """A message of a chat, in or out, in order of `at_key`; DynamoDB drops it after `expires_at_s`.

    `at_key` is `m#<ms>#<message id>`, or `pin#<name>` for a message that the bot will edit.
    """

    chat_id = UnicodeAttribute(hash_key=True)
    at_key = UnicodeAttribute(range_key=True)
    message_id = NumberAttribute()
    direction = UnicodeAttribute()
    text = UnicodeAttribute()
    at_ms = NumberAttribute()
    expires_at_s = NumberAttribute()


class MetricItem(Model):
    """The game's figures at a minute; DynamoDB drops them after `expires_at_s`."""

    day = UnicodeAttribute(hash_key=True)
    at_s = NumberAttribute(range_key=True)
    figures = JSONAttribute()
    expires_at_s = NumberAttribute()


class AuditItem(Model):
    """What an operator did to a player, when and why."""

    player_id = UnicodeAttribute(hash_key=True)
    at_key = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    operator = UnicodeAttribute()
    reason = UnicodeAttribute()
    data = JSONAttribute()


CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 2
ATTEMPTS = 2
"""A DynamoDB that hangs is given up before the 10 s of a function are over, and while its caller still waits."""

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
    """The models of one game, in its own tables, over one client; each is made when it is first needed.

    Left to itself PynamoDB makes a client per table, and at a cold start one per thread that gets there first:
    2 s of a core, which the first players after a start waited for. Clients are safe to share between threads:
    https://docs.aws.amazon.com/boto3/latest/guide/clients.html#multithreading-or-multiprocessing-with-clients
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.connection = Connection(
            connect_timeout_seconds=CONNECT_TIMEOUT_S,
            read_timeout_seconds=READ_TIMEOUT_S,
            max_retry_attempts=ATTEMPTS - 1,
            max_pool_connections=CONNECTIONS,
        )

    def _bound(self, model: type[M], table_name: str) -> type[M]:
        found = bound(model, table_name)
        found._get_connection().connection._client = self.connection.client
        return found

    @cached_property
    def player(self) -> type[PlayerItem]:
        return self._bound(PlayerItem, self._settings.players_table)

    @cached_property
    def unique(self) -> type[UniqueItem]:
        return self._bound(UniqueItem, self._settings.uniques_table)

    @cached_property
    def counter(self) -> type[CounterItem]:
        return self._bound(CounterItem, self._settings.counters_table)

    @cached_property
    def session(self) -> type[SessionItem]:
        return self._bound(SessionItem, self._settings.sessions_table)

    @cached_property
    def chat(self) -> type[ChatItem]:
        return self._bound(ChatItem, self._settings.chats_table)

    @cached_property
    def board(self) -> type[BoardItem]:
        return self._bound(BoardItem, self._settings.boards_table)

    @cached_property
    def message(self) -> type[MessageItem]:
        return self._bound(MessageItem, self._settings.messages_table)

    @cached_property
    def metric(self) -> type[MetricItem]:
        return self._bound(MetricItem, self._settings.metrics_table)

    @cached_property
    def audit(self) -> type[AuditItem]:
        return self._bound(AuditItem, self._settings.audit_table)

    @cached_property
    def broadcast(self) -> type[BroadcastItem]:
        return self._bound(BroadcastItem, self._settings.broadcasts_table)

    @cached_property
    def delivery(self) -> type[DeliveryItem]:
        return self._bound(DeliveryItem, self._settings.deliveries_table)
