"""The DynamoDB table of this concept as a PynamoDB model. Its keys and index are in template.yaml."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

FACTS = "#"
"""In place of a player's id: the item of what is known of the group itself."""


class ByPlayer(GlobalSecondaryIndex["ShareItem"]):
    """The groups of a player."""

    class Meta:
        index_name = "by_player"
        projection = KeysOnlyProjection()

    player_id = UnicodeAttribute(hash_key=True)
    group_id = UnicodeAttribute(range_key=True)


class ShareItem(Model):
    """What a player has tapped in a group; or, as FACTS, whether the group was greeted and which one it was before.

    It is written attribute by attribute, so a release leaves alone what a newer one has added.
    """

    table = "groups"

    group_id = UnicodeAttribute(hash_key=True)
    member = UnicodeAttribute(range_key=True)
    player_id = UnicodeAttribute(null=True)
    taps = NumberAttribute(null=True)
    day = NumberAttribute(null=True)
    day_taps = NumberAttribute(null=True)
    batch = UnicodeAttribute(null=True)
    greeted = BooleanAttribute(null=True)
    before = UnicodeAttribute(null=True)

    by_player = ByPlayer()
