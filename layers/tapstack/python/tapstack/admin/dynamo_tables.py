"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class MetricItem(Model):
    """The game's metrics at a time; DynamoDB drops them after `expires_at_s`."""

    table = "metrics"

    day = UnicodeAttribute(hash_key=True)
    at_s = NumberAttribute(range_key=True)
    figures = JSONAttribute()
    expires_at_s = NumberAttribute()
