"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.models import Model


class AuditItem(Model):
    """What was done to a player, by whom, when and why."""

    table = "audit"

    player_id = UnicodeAttribute(hash_key=True)
    at_key = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    operator = UnicodeAttribute()
    reason = UnicodeAttribute()
    data = JSONAttribute()
