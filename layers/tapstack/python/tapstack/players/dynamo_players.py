"""Accounts in DynamoDB. Values that only one player may hold are items of their own, written in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pynamodb.exceptions import DeleteError, TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from tapstack.platform.dynamo import available, get, get_all, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import Conflict, Forbidden, NotFound, StoreUnavailable
from tapstack.platform.versions import Item
from tapstack.players.dynamo_player_items import (
    alive,
    ban_key,
    rows,
    status_in,
    telegram_key,
    to_item,
    to_player,
    username_fields,
)
from tapstack.players.dynamo_tables import PlayerItem, UniqueItem
from tapstack.players.model import ModerationStatus, Player, Shown
from tapstack.players.rules import names
from tapstack.players.rules.identity import username_key
from tapstack.players.schemas import PLAYERS

if TYPE_CHECKING:
    from tapstack.players.ports import ForgettingAccounts

_NO_TEXT = {"S": ""}


def _reasons(error: TransactWriteError) -> list[str]:
    return [reason.code if reason else "None" for reason in error.cancellation_reasons]


def _unknown() -> NotFound:
    return NotFound("there is no such player", code="player_unknown")


class PlayerStore:
    """Creates, reads, changes and renames players; every call raises StoreUnavailable where DynamoDB is unavailable.

    So does a change, with nothing done, where what is `kept` of the account can't be forgotten.
    """

    def __init__(
        self, tables: Tables, kept: ForgettingAccounts, clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    ) -> None:
        self.tables = tables
        self.kept = kept
        self.clock = clock

    def get(self, player_id: str) -> Player:
        """A player by id; raises NotFound (`player_unknown`)."""
        return to_player(self._item(player_id))

    def _item(self, player_id: str) -> Item:
        item = self._any_item(player_id)
        if item is None or not alive(item):
            raise _unknown()
        return item

    def _any_item(self, player_id: str) -> Item | None:
        return get(self.tables.client, self.tables.name_of(PLAYERS.table), {"id": {"S": player_id}})

    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]:
        """Players by id, a hundred a call; unknown ids are skipped."""
        return {item["id"]["S"]: to_player(item) for item in self._items(player_ids) if alive(item)}

    def _items(self, player_ids: Sequence[str], *names: str) -> list[Item]:
        keys = [{"id": {"S": player_id}} for player_id in dict.fromkeys(player_ids)]
        return get_all(self.tables.client, self.tables.name_of(PLAYERS.table), keys, names)

    def by_telegram_id(self, telegram_id: int) -> Player | None:
        """The player of a Telegram account, or None for one that has never played.

        While that player is being erased, raises Forbidden (`banned`) for one that was banned, and StoreUnavailable
        (`erasing`) for any other.
        """
        item = self._unique(telegram_key(telegram_id))
        if item is None or "erased_at_ms" in item:
            return None
        if alive(item):
            return to_player(item)
        if status_in(item) is ModerationStatus.BANNED:
            raise Forbidden("this player is banned", code="banned")
        raise StoreUnavailable("this account is just being erased", retry_after_s=60, code="erasing")

    def by_telegram_ids(self, telegram_ids: Sequence[int]) -> dict[int, Player]:
        """The players of up to a hundred Telegram accounts; those without one are skipped."""
        keys = [{"key": {"S": telegram_key(telegram_id)}} for telegram_id in telegram_ids]
        found = get_all(self.tables.client, self.tables.name_of(UniqueItem.table), keys)
        players = self.get_many([item["player_id"]["S"] for item in found])
        return {player.telegram_id: player for player in players.values()}

    def by_username(self, username: str) -> Player | None:
        """The player who has a username now, or None: also for a name that was given up."""
        player = self._by_unique(f"name#{username_key(username)}")
        return player if player and username_key(player.username or "") == username_key(username) else None

    def by_ref_code(self, ref_code: str) -> Player | None:
        """The player who invites with a referral code, or None."""
        return self._by_unique(f"ref#{ref_code}")

    def _by_unique(self, key: str) -> Player | None:
        item = self._unique(key)
        return to_player(item) if item and alive(item) else None

    def _unique(self, key: str) -> Item | None:
        """The account of who holds a value, whether or not it is alive."""
        held = get(self.tables.client, self.tables.name_of(UniqueItem.table), {"key": {"S": key}})
        return self._any_item(held["player_id"]["S"]) if held else None

    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]:
        """The usernames of players, None for those without one; unknown ids are skipped."""
        found = self._items(player_ids, "id", "username")
        return {item["id"]["S"]: item["username"]["S"] if "username" in item else None for item in found}

    def shown(self, player_ids: Sequence[str]) -> dict[str, Shown]:
        """What others see of players; unknown ids are skipped."""
        found = self._items(player_ids, "id", *Shown._fields)
        texts = ((item["id"]["S"], [item.get(name, _NO_TEXT)["S"] for name in Shown._fields]) for item in found)
        return {player_id: Shown(username or None, *worn) for player_id, (username, *worn) in texts}

    def show_title(self, player_id: str, title: str, seq: int, looks: str = "") -> None:
        """Shows a title and looks, "" for none, unless later ones are shown; `seq` is their entry's number.

        Repeating it, late or out of order, changes nothing; nor does it for a player who is gone.
        """
        update = {
            "TableName": self.tables.name_of(PLAYERS.table),
            "Key": {"id": {"S": player_id}},
            "UpdateExpression": "SET title = :title, looks = :looks, title_seq = :seq",
            "ConditionExpression": "attribute_exists(id) AND attribute_not_exists(erasing_at_ms) AND "
            "attribute_not_exists(erased_at_ms) AND (attribute_not_exists(title_seq) OR title_seq < :seq)",
            "ExpressionAttributeValues": {":title": {"S": title}, ":looks": {"S": looks}, ":seq": {"N": str(seq)}},
        }
        self.kept.forget(player_id)
        try:
            with available():
                self.tables.client.call("UpdateItem", update)
        except ClientError as error:
            if not is_conflict(error):
                raise

    def taken_usernames(self, usernames: Sequence[str]) -> set[str]:
        """Those of some usernames that nobody could take now: somebody's, or reserved for who gave them up."""
        names, now_s = {f"name#{username_key(username)}": username for username in usernames}, self.clock() // 1_000
        keys = [{"key": {"S": key}} for key in names]
        found = get_all(self.tables.client, self.tables.name_of(UniqueItem.table), keys)
        given_up = (item for item in found if "held_until_s" in item and int(item["held_until_s"]["N"]) <= now_s)
        return {names[item["key"]["S"]] for item in found} - {names[item["key"]["S"]] for item in given_up}

    def create(self, player: Player, ban_marks: Sequence[str] = ()) -> bool:
        """Writes a new player whole, or not at all: False if the account or the referral code is taken.

        Raises Forbidden (`banned`) where one of the marks is that of a ban that has outlived its player.
        """
        unique, account = self.tables.bind(UniqueItem), self.tables.bind(PlayerItem)
        absent = unique.key.does_not_exist()
        try:
            with available(), TransactWrite(connection=self.tables.connection) as transaction:
                for mark in ban_marks:
                    transaction.condition_check(unique, ban_key(mark), condition=absent)
                transaction.save(unique(telegram_key(player.telegram_id), player_id=player.id), condition=absent)
                transaction.save(unique(f"ref#{player.ref_code}", player_id=player.id), condition=absent)
                transaction.save(to_item(account, player), condition=account.id.does_not_exist())
        except TransactWriteError as error:
            reasons = _reasons(error)  # checks come before writes
            if "ConditionalCheckFailed" in reasons[: len(ban_marks)]:
                raise Forbidden("this player is banned", code="banned") from error
            if "ConditionalCheckFailed" in reasons:
                return False
            raise StoreUnavailable("somebody else is signing in", retry_after_s=1) from error
        return True

    def change(self, player_id: str, **values: Any) -> None:
        """Sets attributes of an account, and removes those that are None; raises NotFound (`player_unknown`)."""
        account = self.tables.bind(PlayerItem)
        actions = []
        for name, value in values.items():
            attribute = getattr(account, name)
            actions.append(attribute.remove() if value is None else attribute.set(value))
        self.kept.forget(player_id)
        try:
            with available():
                account(player_id).update(
                    actions=actions,
                    condition=account.id.exists()
                    & account.erasing_at_ms.does_not_exist()
                    & account.erased_at_ms.does_not_exist(),
                )
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                raise _unknown() from error
            raise

    def set_status(self, player_id: str, status: ModerationStatus, reasons: Sequence[str], at_ms: int) -> None:
        """Gives an account a moderation status, a good one without reasons; raises NotFound (`player_unknown`)."""
        good = status is ModerationStatus.GOOD
        self.change(
            player_id,
            standing=None if good else str(status),
            standing_at_ms=None if good else at_ms,
            reasons=None if good else list(reasons),
        )

    def set_whitelisted(self, player_id: str, whitelisted: bool) -> None:
        """Puts an account on the whitelist, or takes it off; raises NotFound (`player_unknown`)."""
        self.change(player_id, whitelisted=whitelisted or None)

    def held_names(self, player_id: str) -> list[str]:
        """The old usernames that are still reserved for a player, folded; raises NotFound (`player_unknown`)."""
        return [name for name, _ in rows(self._item(player_id), "held_names")]

    def rename(self, player: Player, username: str) -> Player:
        """Gives a player a username, in one step; the old one stays reserved for them for a grace period.

        Raises Conflict (`username_taken`), also when two ask for it at once: one of them gets it.
        """
        unique, account = self.tables.bind(UniqueItem), self.tables.bind(PlayerItem)
        now_s = self.clock() // 1_000
        new, old = username_key(username), username_key(player.username or "")
        held, dropped = self._held(player, old, new, now_s)
        claimable = unique.key.does_not_exist() | (unique.player_id == player.id) | (unique.held_until_s <= now_s)
        same_as_read = account.username == player.username if player.username else account.username.does_not_exist()
        self.kept.forget(player.id)
        try:
            with available(), TransactWrite(connection=self.tables.connection) as transaction:
                transaction.save(unique(f"name#{new}", player_id=player.id), condition=claimable)
                transaction.update(
                    account(player.id),
                    actions=[
                        *(getattr(account, name).set(value) for name, value in username_fields(username).items()),
                        account.held_names.set(held),
                    ],
                    condition=account.id.exists() & account.erasing_at_ms.does_not_exist() & same_as_read,
                )
                if old and old != new:
                    transaction.save(
                        unique(f"name#{old}", player_id=player.id, held_until_s=held[-1][1]),
                        condition=unique.player_id == player.id,
                    )
        except TransactWriteError as error:
            if _reasons(error)[:1] == ["ConditionalCheckFailed"]:
                raise Conflict("this username is taken", code="username_taken", username=username) from error
            raise StoreUnavailable("the name is being changed elsewhere", retry_after_s=1) from error
        for name in dropped:
            self._free(name, player.id)
        return self.get(player.id)

    def choose_language(self, player_id: str, language: str) -> Player:
        """Keeps the language a player has chosen, "" to follow Telegram; raises NotFound for one who is gone."""
        account = self.tables.bind(PlayerItem)
        self.kept.forget(player_id)
        try:
            with available():
                account(player_id).update(
                    actions=[account.chosen_language.set(language)],
                    condition=account.id.exists() & account.erasing_at_ms.does_not_exist(),
                )
        except UpdateError as error:
            if not is_conflict(error):
                raise
        return self.get(player_id)

    def _free(self, name: str, player_id: str) -> None:
        """Releases an old name, unless it is another's by now."""
        unique = self.tables.bind(UniqueItem)
        try:
            with available():
                unique(f"name#{name}").delete(condition=unique.player_id == player_id)
        except DeleteError as error:
            if not is_conflict(error):
                raise

    def _held(self, player: Player, old: str, new: str, now_s: int) -> tuple[list[list[Any]], list[str]]:
        """The names reserved for a player after a rename, and those to release: the oldest, the expired."""
        before = [row for row in rows(self._item(player.id), "held_names") if row[0] not in (old, new)]
        expired = [row[0] for row in before if row[1] <= now_s]
        held = [row for row in before if row[1] > now_s]
        if old and old != new:
            held.append([old, now_s + names.RENAME_GRACE_S])
        dropped = [*expired, *(row[0] for row in held[: -names.MAX_HELD_NAMES])]
        return held[-names.MAX_HELD_NAMES :], dropped
