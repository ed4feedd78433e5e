"""The DynamoDB tables of this concept as PynamoDB models. Their keys and indexes stand in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model


class BroadcastItem(Model):
    """An operator's message to many, domain/broadcasts.py's Broadcast; writes depend on what stands beside `body`."""

    table = "broadcasts"

    id = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    driver = UnicodeAttribute()
    body = UnicodeAttribute()
    expires_at_s = NumberAttribute()


class DeliveryItem(Model):
    """That a message of a broadcast to a chat is about to be sent by who holds `token`, and what came of it."""

    table = "deliveries"

    broadcast_id = UnicodeAttribute(hash_key=True)
    chat_id = UnicodeAttribute(range_key=True)
    token = UnicodeAttribute()
    outcome = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    expires_at_s = NumberAttribute()
