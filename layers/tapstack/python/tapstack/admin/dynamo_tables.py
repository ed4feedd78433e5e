"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class MetricItem(Model):
    """The game's figures at a minute; DynamoDB drops them after `expires_at_s`."""

    table = "metrics"

    day = UnicodeAttribute(hash_key=True)
    at_s = NumberAttribute(range_key=True)
    figures = JSONAttribute()
    expires_at_s = NumberAttribute()


class AuditItem(Model):
    """What an operator did to a player, when and why."""

    table = "audit"

    player_id = UnicodeAttribute(hash_key=True)
    at_key = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    operator = UnicodeAttribute()
    reason = UnicodeAttribute()
    data = JSONAttribute()
