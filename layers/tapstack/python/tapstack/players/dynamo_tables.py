"""The DynamoDB tables of this concept as PynamoDB models. template.yaml defines their keys and indexes."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

from tapstack.platform.dynamo_tables import VersionedModel
from tapstack.players.schemas import PLAYERS


class _KeysOnly:
    """Indexes hold keys only: the rest is read from the table, so that updating it writes no index."""

    projection = KeysOnlyProjection()


class ByCreated(GlobalSecondaryIndex["PlayerItem"]):
    """All players by the day they joined, each day in a few shards, the newest last."""

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
    """Players by username, partitioned in the same way."""

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
    """The few players whose moderation status is not good."""

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


class PlayerItem(VersionedModel):
    """An account. `username` is absent until one is chosen.

    Once `erased_at_ms` is set, nothing is left but the opaque id and its place in the tree of referrals.
    """

    table = PLAYERS.table
    schema = PLAYERS

    id = UnicodeAttribute(hash_key=True)
    telegram_id = NumberAttribute(null=True)
    username = UnicodeAttribute(null=True)
    display_name = UnicodeAttribute(null=True)
    ref_code = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    chosen_language = UnicodeAttribute(null=True)
    title = UnicodeAttribute(null=True)
    looks = UnicodeAttribute(null=True)
    title_seq = NumberAttribute(null=True)
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

    `ban#<mark>` keeps a banned Telegram account out after its player was erased (rules/bans.py).

    A name that was given up is held until `held_until_s`; DynamoDB drops it some time later.
    """

    table = "uniques"

    key = UnicodeAttribute(hash_key=True)
    player_id = UnicodeAttribute()
    held_until_s = NumberAttribute(null=True)
