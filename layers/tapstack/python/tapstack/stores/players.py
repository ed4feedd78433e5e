"""Accounts in DynamoDB. What only one player may hold is an item of its own, written in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from pynamodb.connection import Connection
from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.transactions import TransactWrite

from tapstack.domain.identity import username_key
from tapstack.domain.state import Player
from tapstack.errors import Conflict, NotFound, StoreUnavailable
from tapstack.stores.dynamo import available
from tapstack.stores.tables import PlayerItem, UniqueItem


def _player(item: PlayerItem) -> Player:
    return Player(
        item.id,
        int(item.telegram_id),
        item.username,
        item.display_name,
        item.ref_code,
        item.language,
        int(item.created_at_ms),
    )


def _reasons(error: TransactWriteError) -> list[str]:
    return [reason.code if reason else "None" for reason in error.cancellation_reasons]


class PlayerStore:
    """Creates, reads and renames players; every call raises StoreUnavailable where DynamoDB is away."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, player_id: str) -> Player:
        """A player by id; raises NotFound (`player_unknown`)."""
        try:
            with available():
                return _player(PlayerItem.get(player_id, consistent_read=True))
        except DoesNotExist as error:
            raise NotFound("there is no such player", code="player_unknown") from error

    def by_telegram_id(self, telegram_id: int) -> Player | None:
        """The player of a Telegram account, or None for one that has never played."""
        player_id = self._holder(f"tg#{telegram_id}")
        return self.get(player_id) if player_id else None

    def _holder(self, key: str) -> str | None:
        try:
            with available():
                return UniqueItem.get(key, consistent_read=True).player_id
        except DoesNotExist:
            return None

    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]:
        """The usernames of players, None for those without; ids that are nobody's are left out."""
        with available():
            found = list(PlayerItem.batch_get(list(player_ids), attributes_to_get=["id", "username"]))
        return {item.id: item.username for item in found}

    def create(self, player: Player) -> bool:
        """Writes a new player whole, or not at all: False when the account or the referral code is taken by now."""
        absent = UniqueItem.key.does_not_exist()
        try:
            with available(), TransactWrite(connection=self.connection) as transaction:
                transaction.save(UniqueItem(f"tg#{player.telegram_id}", player_id=player.id), condition=absent)
                transaction.save(UniqueItem(f"ref#{player.ref_code}", player_id=player.id), condition=absent)
                transaction.save(
                    PlayerItem(
                        player.id,
                        telegram_id=player.telegram_id,
                        username=player.username,
                        display_name=player.display_name,
                        ref_code=player.ref_code,
                        language=player.language,
                        created_at_ms=player.created_at_ms,
                    ),
                    condition=PlayerItem.id.does_not_exist(),
                )
        except TransactWriteError as error:
            if "ConditionalCheckFailed" in _reasons(error):
                return False
            raise StoreUnavailable("somebody else is signing in", retry_after_s=1) from error
        return True

    def rename(self, player: Player, username: str) -> Player:
        """Gives a player a username and frees the old one, in one step.

        Raises Conflict (`username_taken`), also when two ask for it at once: one of them gets it.
        """
        new, old = username_key(username), username_key(player.username or "")
        mine = (UniqueItem.key.does_not_exist()) | (UniqueItem.player_id == player.id)
        same_as_read = (
            PlayerItem.username == player.username if player.username else PlayerItem.username.does_not_exist()
        )
        try:
            with available(), TransactWrite(connection=self.connection) as transaction:
                transaction.save(UniqueItem(f"name#{new}", player_id=player.id), condition=mine)
                transaction.update(
                    PlayerItem(player.id),
                    actions=[PlayerItem.username.set(username)],
                    condition=PlayerItem.id.exists() & same_as_read,
                )
                if old and old != new:
                    transaction.delete(UniqueItem(f"name#{old}"), condition=UniqueItem.player_id == player.id)
        except TransactWriteError as error:
            if _reasons(error)[:1] == ["ConditionalCheckFailed"]:
                raise Conflict("this username is taken", code="username_taken", username=username) from error
            raise StoreUnavailable("the name is being changed elsewhere", retry_after_s=1) from error
        return self.get(player.id)
