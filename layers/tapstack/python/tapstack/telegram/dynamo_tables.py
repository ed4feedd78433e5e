"""The DynamoDB tables of this concept as PynamoDB models. template.yaml defines their keys and indexes."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from tapstack.platform.dynamo_tables import VersionedModel
from tapstack.telegram.schemas import CHATS


class ChatItem(VersionedModel):
    """A conversation with the bot; `body` is model.py's Chat as JSON."""

    table = CHATS.table
    schema = CHATS

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    expires_at_s = NumberAttribute()


class MessageItem(Model):
    """A message of a chat, in or out, in order of `at_key`; DynamoDB drops it after `expires_at_s`.

    `at_key` is `m#<ms>#<message id>`.
    """

    table = "messages"

    chat_id = UnicodeAttribute(hash_key=True)
    at_key = UnicodeAttribute(range_key=True)
    message_id = NumberAttribute()
    direction = UnicodeAttribute()
    text = UnicodeAttribute()
    at_ms = NumberAttribute()
    expires_at_s = NumberAttribute()
