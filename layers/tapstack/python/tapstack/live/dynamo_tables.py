"""The DynamoDB table of this concept as a PynamoDB model. Its keys are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

REPORTS = "REPORTS"


class ChatItem(Model):
    """A report, below REPORTS, or a mute, below its player; it goes by itself when it has expired."""

    table = "live"

    of = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    expires_at_s = NumberAttribute()
    until_ms = NumberAttribute(null=True)
    at_ms = NumberAttribute(null=True)
    room = UnicodeAttribute(null=True)
    author = UnicodeAttribute(null=True)
    said = UnicodeAttribute(null=True)
    reporter = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
