"""The boards of groups in DynamoDB: an item a player who has tapped there."""

from __future__ import annotations

from collections.abc import Mapping

from tapstack.groups.dynamo_tables import FACTS, ShareItem
from tapstack.groups.model import GroupBoard, SavedShare, Share
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables


class GroupStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable; repeating one changes nothing."""

    def __init__(self, tables: Tables) -> None:
        self.model = tables.bind(ShareItem)

    def get(self, group_id: int) -> GroupBoard:
        """A group's board; an empty one of a group that is not known."""
        items = self._items(str(group_id))
        facts = items.pop(FACTS, None)
        earlier = self._items(facts.before) if facts and facts.before else {}
        earlier.pop(FACTS, None)
        return GroupBoard(_shares(items), _shares(earlier), bool(facts and facts.greeted))

    def _items(self, group_id: str) -> dict[str, ShareItem]:
        with available():
            return {item.member: item for item in self.model.query(group_id, consistent_read=True)}

    def save(self, group_id: int, shares: Mapping[str, Share], batch: str) -> None:
        """Saves what players have tapped in a group now that a batch was added."""
        of = self.model
        for player_id, share in shares.items():
            numbers = [of.taps.set(share.taps), of.day.set(share.day), of.day_taps.set(share.day_taps)]
            with available():
                of(str(group_id), player_id).update([*numbers, of.batch.set(batch), of.player_id.set(player_id)])

    def greeted(self, group_id: int) -> None:
        """Records that the bot has said hello."""
        with available():
            self.model(str(group_id), FACTS).update([self.model.greeted.set(True)])

    def upgraded(self, group_id: int, before: int) -> None:
        """Records which group a supergroup was before: its board goes on, and it needs no greeting."""
        with available():
            self.model(str(group_id), FACTS).update([self.model.before.set(str(before)), self.model.greeted.set(True)])

    def of_player(self, player_id: str) -> dict[int, Share]:
        """What a player has tapped, by group."""
        with available():
            keys = [(item.group_id, item.member) for item in self.model.by_player.query(player_id)]
            found = list(self.model.batch_get(keys)) if keys else []
        return {int(item.group_id): share for item in found for share, _ in _shares({player_id: item}).values()}

    def forget(self, player_id: str) -> None:
        """Takes a player off the boards of all groups."""
        with available():
            for item in list(self.model.by_player.query(player_id)):
                self.model(item.group_id, item.member).delete()


def _shares(items: Mapping[str, ShareItem]) -> dict[str, SavedShare]:
    return {
        player_id: SavedShare(Share(int(i.taps or 0), int(i.day or 0), int(i.day_taps or 0)), i.batch or "")
        for player_id, i in items.items()
    }
