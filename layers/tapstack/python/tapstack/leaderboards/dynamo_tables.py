"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from tapstack.leaderboards.schemas import BOARDS
from tapstack.platform.dynamo_tables import VersionedModel


class BoardItem(VersionedModel):
    """The best of a period that is over, as [[id, clicks]]; or, as `fame`, of all periods: [[id, clicks, name]].

    A board by another metric than taps is of the kind `coins:week`, and its `fame` has that name.
    """

    table = BOARDS.table
    schema = BOARDS

    kind = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(range_key=True)
    rows = JSONAttribute()
    players = NumberAttribute(null=True)
    closed_at_ms = NumberAttribute(null=True)
    version = NumberAttribute(null=True)
