"""Accounts on their way out: marked first, emptied last, so that an erasure that is cut short can be done again."""

from __future__ import annotations

from dataclasses import dataclass

from pynamodb.exceptions import DoesNotExist, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from tapstack.domain.identity import username_key
from tapstack.domain.state import Standing
from tapstack.errors import StoreUnavailable
from tapstack.stores.dynamo import available
from tapstack.stores.tables import PlayerItem, Tables, UniqueItem

_PERSONAL = (
    "telegram_id",
    "username",
    "display_name",
    "ref_code",
    "language",
    "shard",
    "name_part",
    "name_key",
    "username_part",
    "username_key",
    "held_names",
    "boost",
    "whitelisted",
    "erasing_at_ms",
)


@dataclass(frozen=True, slots=True)
class Erasing:
    """What an account holds of the values that only one player may hold."""

    player_id: str
    telegram_id: int
    uniques: tuple[str, ...]
    banned: bool


class ErasureStore:
    """Begins and finishes erasures; every call raises StoreUnavailable where DynamoDB is away."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def begin(self, player_id: str, now_ms: int) -> Erasing | None:
        """Closes an account to everybody; None where there is none, or nothing left of it. Again is harmless."""
        account = self.tables.player
        try:
            with available():
                account(player_id).update(
                    actions=[account.erasing_at_ms.set(now_ms)],
                    condition=account.id.exists() & account.erased_at_ms.does_not_exist(),
                )
                item = account.get(player_id, consistent_read=True)
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return None
            raise
        except DoesNotExist:
            return None
        return _erasing(item, now_ms // 1_000)

    def finish(self, erasing: Erasing, now_ms: int) -> None:
        """Frees what the account held and removes what is personal in it, in one step.

        The opaque id stays with its place in the tree of referrals, so that counts still add up, and a ban stays
        with the Telegram account.
        """
        account, unique = self.tables.player, self.tables.unique
        removed = _PERSONAL if erasing.banned else (*_PERSONAL, "standing", "standing_at_ms", "reasons")
        try:
            with available(), TransactWrite(connection=self.tables.connection) as transaction:
                transaction.update(
                    account(erasing.player_id),
                    actions=[
                        account.erased_at_ms.set(now_ms),
                        *(getattr(account, name).remove() for name in removed),
                    ],
                    condition=account.erasing_at_ms.exists(),
                )
                for key in erasing.uniques:
                    if not (erasing.banned and key.startswith("tg#")):
                        transaction.delete(unique(key), condition=_mine_or_nobodys(unique, erasing.player_id))
        except TransactWriteError as error:
            raise StoreUnavailable("the account is being changed elsewhere", retry_after_s=1) from error


def _mine_or_nobodys(unique: type[UniqueItem], player_id: str) -> Condition:
    either: Condition = unique.key.does_not_exist() | (unique.player_id == player_id)
    return either


def _erasing(item: PlayerItem, now_s: int) -> Erasing:
    """A name whose grace time is over may be another's by now, so only those still held are listed."""
    uniques = [f"tg#{int(item.telegram_id or 0)}", f"ref#{item.ref_code}"]
    if item.username:
        uniques.append(f"name#{username_key(item.username)}")
    uniques += [f"name#{name}" for name, held_until_s in item.held_names or [] if held_until_s > now_s]
    return Erasing(item.id, int(item.telegram_id or 0), tuple(uniques), item.standing == Standing.BANNED)
