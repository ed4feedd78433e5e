"""What accounts, names and invitations need: narrow stores, and a bundle of them for each service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from tapstack.http.ports import CallLimiter
from tapstack.inbox.ports import NoticePorts
from tapstack.platform.clock import Clock
from tapstack.platform.paging import Cursors, Page
from tapstack.players.model import Player, Returning, Shown
from tapstack.players.rules.referrals import Branch, Line
from tapstack.telegram.ports import AskNamePorts, BotNamePorts, ContextPorts, Conversations, Outgoing, SenderWakes

# -- stores --


class Accounts(Protocol):
    def get(self, player_id: str) -> Player: ...


class Renames(Accounts, Protocol):
    def rename(self, player: Player, username: str) -> Player: ...


class LanguageChoices(Accounts, Protocol):
    def choose_language(self, player_id: str, language: str) -> Player: ...


class CachedUsers(Protocol):
    def forget(self, user_id: int) -> None: ...


class Inviters(Protocol):
    def by_ref_code(self, ref_code: str) -> Player | None: ...


class TakenUsernames(Protocol):
    def taken_usernames(self, usernames: Sequence[str]) -> set[str]: ...


class Naming(Renames, TakenUsernames, Protocol): ...


class Newcomers(Accounts, TakenUsernames, Protocol): ...


class Usernames(Protocol):
    def usernames(self, player_ids: Sequence[str]) -> dict[str, str | None]: ...
    def shown(self, player_ids: Sequence[str]) -> dict[str, Shown]: ...


class KeptNames(Protocol):
    def keep_shown(self, shown: Mapping[str, Shown]) -> None: ...


class KeptAccounts(Protocol):
    def keep(self, player: Player) -> None: ...


class PipelinedAccounts(Protocol):
    """Kept accounts on an event loop."""

    async def by_telegram_id(self, telegram_id: int) -> Returning | None: ...


class ForgettingAccounts(Protocol):
    """What stores tell of accounts that they are about to change."""

    def forget(self, *player_ids: str) -> None: ...


class TitledPlayers(Accounts, Protocol):
    def show_title(self, player_id: str, title: str, seq: int, looks: str = "") -> None: ...


class PlayerLookup(Accounts, Inviters, Protocol):
    def by_telegram_id(self, telegram_id: int) -> Player | None: ...
    def by_username(self, username: str) -> Player | None: ...


class PlayerSearch(Protocol):
    def search(
        self, start: str, *, by: Literal["name", "username"] = "name", limit: int = 20, cursor: str | None = None
    ) -> Page[Player]: ...


class InvitedPlayers(Protocol):
    def invited_by(self, player_id: str, *, after: tuple[int, str] | None, limit: int) -> list[tuple[int, str]]: ...


class ReferralCredits(Protocol):
    def credit(self, invited: Mapping[str, Line]) -> bool: ...


class DueCredits(ReferralCredits, Protocol):
    def due(self, limit: int) -> dict[str, Line]: ...


class ReferralTree(Protocol):
    def branches(self, player_ids: Sequence[str], *, level: int) -> dict[str, Branch]: ...


class LiveClicks(Protocol):
    def clicks_of(self, player_ids: Sequence[str]) -> Mapping[str, int]: ...


class HasClicks(Protocol):
    @property
    def clicks(self) -> int: ...


class SavedClicks(Protocol):
    def get(self, player_id: str) -> HasClicks | None: ...


# -- bundles --


class ClickPorts(Protocol):
    @property
    def play(self) -> LiveClicks: ...
    @property
    def counters(self) -> SavedClicks: ...


class AccountPorts(ClickPorts, Protocol):
    @property
    def players(self) -> Accounts: ...


class RenamePorts(ClickPorts, Protocol):
    @property
    def players(self) -> Renames: ...


class LanguagePorts(Protocol):
    """To choose a language; a callback query's own cache of it is dropped."""

    @property
    def players(self) -> LanguageChoices: ...
    @property
    def conversation_cache(self) -> CachedUsers: ...


class ChangeableAccounts(Renames, LanguageChoices, Protocol): ...


class ChangePorts(RenamePorts, LanguagePorts, Protocol):
    @property
    def players(self) -> ChangeableAccounts: ...


class UsernamePorts(Protocol):
    @property
    def players(self) -> Usernames: ...


class ProposalPorts(Protocol):
    @property
    def players(self) -> TakenUsernames: ...


class InviterPorts(Protocol):
    @property
    def players(self) -> Accounts: ...


class JoiningPorts(NoticePorts, Protocol):
    """To tell an inviter of a new player."""

    @property
    def players(self) -> Accounts: ...
    @property
    def outbox(self) -> Outgoing: ...
    @property
    def outbox_queue(self) -> SenderWakes: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def limiter(self) -> CallLimiter: ...


class NewcomerPorts(Protocol):
    @property
    def players(self) -> Newcomers: ...


class LinkPorts(BotNamePorts, Protocol):
    """To render links: they need the bot's name."""


class SessionViewPorts(LinkPorts, Protocol):
    clock: Clock


class SearchPorts(Protocol):
    @property
    def players(self) -> PlayerLookup: ...
    @property
    def player_index(self) -> PlayerSearch: ...


class AncestorPorts(Protocol):
    @property
    def players(self) -> Inviters: ...


class CreditPorts(Protocol):
    @property
    def referrals(self) -> ReferralCredits: ...


class DueCreditPorts(Protocol):
    @property
    def referrals(self) -> DueCredits: ...


class InvitedPorts(Protocol):
    """To read who has invited whom."""

    @property
    def cursors(self) -> Cursors: ...
    @property
    def player_index(self) -> InvitedPlayers: ...
    @property
    def referrals(self) -> ReferralTree: ...


# -- scenes --


class NamingPorts(ContextPorts, RenamePorts, Protocol):
    @property
    def players(self) -> Naming: ...


class SettingsPorts(ContextPorts, LanguagePorts, Protocol): ...


class InvitePorts(ContextPorts, AskNamePorts, Protocol): ...
