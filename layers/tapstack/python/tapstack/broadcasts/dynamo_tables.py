"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from tapstack.broadcasts.schemas import BROADCASTS
from tapstack.platform.dynamo_tables import VersionedModel


class BroadcastItem(VersionedModel):
    """A Broadcast of model.py in `body`; conditional writes depend on the attributes beside it."""

    table = BROADCASTS.table
    schema = BROADCASTS

    id = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    driver = UnicodeAttribute()
    body = UnicodeAttribute()
    expires_at_s = NumberAttribute()


class DeliveryItem(Model):
    """A message of a broadcast to a chat: the `token` of who has claimed it, and its outcome."""

    table = "deliveries"

    broadcast_id = UnicodeAttribute(hash_key=True)
    chat_id = UnicodeAttribute(range_key=True)
    token = UnicodeAttribute()
    outcome = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    expires_at_s = NumberAttribute()
