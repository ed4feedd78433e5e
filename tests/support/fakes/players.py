"""Accounts and referrals in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tapstack.platform.errors import Conflict, NotFound
from tapstack.platform.paging import Page
from tapstack.players.model import Player, Returning, Shown
from tapstack.players.rules.identity import username_key

from support.game import FRIEND_ID


@dataclass
class MemoryPlayers:
    """Accounts in a dict."""

    accounts: dict[str, Player] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)

    def get(self, player_id: str) -> Player:
        if player_id == FRIEND_ID and self.accounts:
            return Player(FRIEND_ID, 0, None, "Friend", "friend", "en", 1, ancestors=(next(iter(self.accounts)),))
        if player_id not in self.accounts:
            raise NotFound("there is no such player", code="player_unknown")
        return self.accounts[player_id]

    def by_telegram_id(self, telegram_id: int) -> Player | None:
        return next((p for p in self.accounts.values() if p.telegram_id == telegram_id), None)

    def by_ref_code(self, ref_code: str) -> Player | None:
        return next((p for p in self.accounts.values() if p.ref_code == ref_code), None)

    def get_many(self, player_ids: Sequence[str]) -> dict[str, Player]:
        return {i: self.accounts[i] for i in player_ids if i in self.accounts}

    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]:
        return {i: self.accounts[i].username for i in player_ids if i in self.accounts}

    def shown(self, player_ids: Sequence[str]) -> dict[str, Shown]:
        found = (self.accounts[i] for i in player_ids if i in self.accounts)
        return {player.id: player.shown for player in found}

    def show_title(self, player_id: str, title: str, seq: int, looks: str = "") -> None:
        if player_id in self.accounts and seq > self.titles.get(player_id, 0):
            self.titles[player_id] = seq
            self.accounts[player_id] = replace(self.accounts[player_id], title=title, looks=looks)

    def taken_usernames(self, usernames: Sequence[str]) -> set[str]:
        taken = {username_key(p.username) for p in self.accounts.values() if p.username}
        return {name for name in usernames if username_key(name) in taken}

    def held_names(self, player_id: str) -> list[str]:
        self.get(player_id)
        return []

    def create(self, player: Player, ban_marks: Sequence[str] = ()) -> bool:  # noqa: ARG002
        taken = any(
            p.telegram_id == player.telegram_id or p.ref_code == player.ref_code or p.id == player.id
            for p in self.accounts.values()
        )
        if not taken:
            self.accounts[player.id] = player
        return not taken

    def rename(self, player: Player, username: str) -> Player:
        for other in self.accounts.values():
            if other.id != player.id and username_key(other.username or "") == username_key(username):
                raise Conflict("this username is taken", code="username_taken", username=username)
        self.accounts[player.id] = replace(self.accounts[player.id], username=username)
        return self.accounts[player.id]

    def choose_language(self, player_id: str, language: str) -> Player:
        self.accounts[player_id] = replace(self.get(player_id), chosen_language=language)
        return self.accounts[player_id]


@dataclass
class MemoryKeptAccounts:
    """What is kept of names, and the accounts that are kept, as they are now."""

    accounts: Mapping[str, Player]
    shown: dict[str, Shown] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)

    def keep(self, player: Player) -> None:
        self.owners[player.telegram_id] = player.id

    def keep_shown(self, shown: Mapping[str, Shown]) -> None:
        self.shown.update(shown)

    async def by_telegram_id(self, telegram_id: int) -> Returning | None:
        player = self.accounts.get(self.owners.get(telegram_id, ""))
        return Returning(player, None) if player else None


class MemoryPlayerIndex:
    """The players by name and moderation status, of a game in which nobody is found."""

    def invited_by(self, *_: Any, **__: Any) -> list[Any]:
        return []

    def with_status(self, *_: Any, **__: Any) -> Page[Any]:
        return Page(())

    def all_with_status(self, _: Any) -> list[Any]:
        return []


class MemoryReferrals:
    """Referrals of a game in which nobody was invited."""

    def credit(self, *_: Any) -> bool:
        return True

    def branches(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}
