"""The DynamoDB table of the league as a PynamoDB model. Its keys are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from tapstack.league.schemas import LEAGUE
from tapstack.platform.dynamo_tables import VersionedModel


class DivisionItem(VersionedModel):
    """A division: its members as [[id, moved]]. Or, as `current`, which league is the current one."""

    table = LEAGUE.table
    schema = LEAGUE

    league = UnicodeAttribute(hash_key=True)
    division = NumberAttribute(range_key=True)
    members = JSONAttribute(null=True)
    version = NumberAttribute(null=True)
    week = NumberAttribute(null=True)
    plan = UnicodeAttribute(null=True)
    tiers_open = NumberAttribute(null=True)
    expires_at_s = NumberAttribute(null=True)
