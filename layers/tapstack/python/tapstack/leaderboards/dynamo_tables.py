"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class BoardItem(Model):
    """The best of a period that is over, as [[id, clicks]]; or, as `fame`, of all periods: [[id, clicks, name]]."""

    table = "boards"

    kind = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute(range_key=True)
    rows = JSONAttribute()
    players = NumberAttribute(null=True)
    closed_at_ms = NumberAttribute(null=True)
    version = NumberAttribute(null=True)
