"""Accounts being erased: marked first, emptied last, so that an erasure that is cut short can be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.exceptions import DeleteError, DoesNotExist, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from tapstack.platform.dynamo import available, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.dynamo_player_items import ban_key, telegram_key
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import username_key
from tapstack.privacy.model import ErasableAccount

if TYPE_CHECKING:
    from tapstack.privacy.ports import DroppableAccounts

DUE = "due"

_PERSONAL = (
    "telegram_id",
    "username",
    "display_name",
    "ref_code",
    "language",
    "chosen_language",
    "title",
    "looks",
    "title_seq",
    "shard",
    "name_part",
    "name_key",
    "username_part",
    "username_key",
    "held_names",
    "boost",
    "whitelisted",
    "standing",
    "standing_at_ms",
    "reasons",
    "erasing",
    "erasing_at_ms",
)


class ErasureStore:
    """Begins and finishes erasures; every call raises StoreUnavailable where DynamoDB is unavailable.

    So do these two, with nothing done, where what is `kept` of the account can't be forgotten.
    """

    def __init__(self, tables: Tables, kept: DroppableAccounts) -> None:
        self.tables = tables
        self.kept = kept

    def read(self, player_id: str) -> ErasableAccount | None:
        """An account as an erasure sees it; None where there is none, or nothing left of it."""
        try:
            with available():
                item = self.tables.bind(PlayerItem).get(player_id, consistent_read=True)
        except DoesNotExist:
            return None
        return None if item.erased_at_ms is not None else _erasing(item)

    def begin(self, player_id: str, now_ms: int) -> ErasableAccount | None:
        """Closes an account to everybody; None where there is none, or nothing left of it. Repeating is harmless."""
        account = self.tables.bind(PlayerItem)
        self.kept.forget(player_id)
        try:
            with available():
                account(player_id).update(
                    actions=[
                        account.erasing.set(DUE),
                        account.erasing_at_ms.set(account.erasing_at_ms | now_ms),  # if_not_exists
                    ],
                    condition=account.id.exists() & account.erased_at_ms.does_not_exist(),
                )
        except UpdateError as error:
            if is_conflict(error):
                return None
            raise
        return self.read(player_id)

    def due(self, before_ms: int, limit: int) -> list[str]:
        """The ids of accounts whose erasure began before some time and is not finished, the oldest first."""
        index = self.tables.bind(PlayerItem).by_erasing
        with available():
            found = index.query(
                DUE, self.tables.bind(PlayerItem).erasing_at_ms <= before_ms, limit=limit, page_size=limit
            )
            return [item.id for item in found]

    def finish(self, account: ErasableAccount, now_ms: int, ban_mark: str | None = None) -> None:
        """Releases the unique values of an account and removes what is personal in it.

        The opaque id keeps its place in the tree of referrals, so that counts still add up. With a `ban_mark`
        (players/rules/bans.py) the Telegram account stays banned; its id is removed in the same step.
        """
        player_item, unique = self.tables.bind(PlayerItem), self.tables.bind(UniqueItem)
        self.kept.drop(account.player_id, account.telegram_id)
        for key in (*(f"name#{name}" for name in account.names), f"ref#{account.ref_code}"):
            self._free(key, account.player_id)
        try:
            with available(), TransactWrite(connection=self.tables.connection) as transaction:
                transaction.update(
                    player_item(account.player_id),
                    actions=[
                        player_item.erased_at_ms.set(now_ms),
                        *(getattr(player_item, name).remove() for name in _PERSONAL),
                    ],
                    condition=player_item.erasing_at_ms.exists(),
                )
                transaction.delete(
                    unique(telegram_key(account.telegram_id)), condition=_mine_or_nobodys(unique, account.player_id)
                )
                if ban_mark:
                    transaction.save(unique(ban_key(ban_mark), player_id=account.player_id))
        except TransactWriteError as error:
            raise StoreUnavailable("the account is being changed elsewhere", retry_after_s=1) from error

    def _free(self, key: str, player_id: str) -> None:
        """Releases a value, unless it is another's by now: a name may be, once its grace time is over."""
        unique = self.tables.bind(UniqueItem)
        try:
            with available():
                unique(key).delete(condition=_mine_or_nobodys(unique, player_id))
        except DeleteError as error:
            if not is_conflict(error):
                raise


def _mine_or_nobodys(unique: type[UniqueItem], player_id: str) -> Condition:
    either: Condition = unique.key.does_not_exist() | (unique.player_id == player_id)
    return either


def _erasing(item: PlayerItem) -> ErasableAccount:
    names = [username_key(item.username)] if item.username else []
    names += [name for name, _ in item.held_names or []]
    banned = item.standing == ModerationStatus.BANNED
    telegram_id, closed = int(item.telegram_id or 0), item.erasing_at_ms is not None
    return ErasableAccount(
        player_id=item.id,
        telegram_id=telegram_id,
        names=tuple(names),
        ref_code=item.ref_code or "",
        banned=banned,
        closed=closed,
    )
