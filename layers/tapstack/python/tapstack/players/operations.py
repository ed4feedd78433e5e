"""The API of a player's own account: reading it, renaming, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tapstack.http.operation import CHANGES, CURSOR, LIMIT, READS, Auth, Operation
from tapstack.players import accounts
from tapstack.players.links import app_invite_link
from tapstack.players.rules.identity import USERNAME
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.platform.paging import Page
    from tapstack.players.model import Player
    from tapstack.players.ports import ChangePorts, LinkPorts
    from tapstack.players.rules.referrals import Branch


class BadgeView(msgspec.Struct, frozen=True):
    """An achievement of the catalogue, by its id, and the highest tier of it that the player has claimed.

    `permille` of all players have claimed that tier, null where it is not known.
    """

    achievement: str
    tier: int
    permille: int | None


class PlayerView(msgspec.Struct, frozen=True):
    """A player as they see themselves; `username` is null until one is chosen, `public_name` what others see.

    `invite_url` is the link that friends come by, null as long as the game does not know its bot's name. `language` is
    the one they have chosen, here or in the chat: null to follow Telegram, absent where they have never chosen. `title`
    is the item of the catalogue that they wear beside their name, `looks` are as in a LeaderboardEntry. `achievements`
    are those that they have claimed, the rarest first; absent in the answers of other operations, and while a store is
    unavailable.
    """

    id: str
    username: str | None
    display_name: str
    clicks: int
    ref_code: str
    invite_url: str | None
    public_name: str
    language: str | None | UnsetType = UNSET
    title: str | UnsetType = UNSET
    looks: str | UnsetType = UNSET
    achievements: list[BadgeView] | UnsetType = UNSET


class AccountChanges(msgspec.Struct, frozen=True):
    """What to change: a username, a language, or both. A `language` of null follows Telegram."""

    username: (
        Annotated[
            str,
            Meta(
                max_length=64,
                description="3 to 20 letters, digits or underscores",
                extra_json_schema={"minLength": 3, "maxLength": 20, "pattern": f"^{USERNAME.pattern}$"},
            ),
        ]
        | UnsetType
    ) = UNSET
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$", max_length=3)] | None | UnsetType = UNSET


class Invited(msgspec.Struct, frozen=True):
    """A player below the caller in the referral tree; `level` 1 was invited by the caller.

    `direct` is the number of players they invited themselves.
    """

    id: str
    username: str | None
    level: int
    joined_at_s: int
    direct: int
    public_name: str


class Referrals(msgspec.Struct, frozen=True):
    """The players whom the caller invited, and what it earned; `cursor` requests the next page, null on the last.

    `invited_by` is the name of the caller's own inviter, null without one, or where they are gone.
    """

    ref_code: str
    direct: int
    indirect: int
    boost: int
    entries: list[Invited]
    cursor: str | None
    invited_by: str | None = None


MY_ACCOUNT: Operation[None, PlayerView] = Operation(
    "getMyAccount",
    "GET",
    "/players/me",
    "The caller's account",
    Auth.SESSION_TOKEN,
    answer=PlayerView,
    errors=(401, 404, 429, 503),
    limit=READS,
)
RENAME: Operation[AccountChanges, PlayerView] = Operation(
    "rename",
    "PATCH",
    "/players/me",
    "Choose a username, unique regardless of case, or a language",
    Auth.SESSION_TOKEN,
    AccountChanges,
    PlayerView,
    errors=(400, 401, 404, 409, 413, 429, 503),
    limit=CHANGES,
)
MY_REFERRALS: Operation[None, Referrals] = Operation(
    "getMyReferrals",
    "GET",
    "/players/me/referrals",
    "The players whom the caller invited, directly or in the whole tree",
    Auth.SESSION_TOKEN,
    answer=Referrals,
    errors=(400, 401, 404, 429, 503),
    query={"of": ("direct", "tree")},
    texts={"limit": LIMIT, "cursor": CURSOR},
    limit=READS,
)


def change(ports: ChangePorts, player_id: str, changes: AccountChanges) -> tuple[Player, int]:
    """Makes the changes; raises as `accounts.change` does."""
    username = None if isinstance(changes.username, UnsetType) else changes.username
    language = None if isinstance(changes.language, UnsetType) else changes.language or ""
    return accounts.change(ports, player_id, username, language)


def player_view(
    ports: LinkPorts, player: Player, clicks: int, achievements: list[BadgeView] | None = None
) -> PlayerView:
    return PlayerView(
        id=player.id,
        username=player.username,
        display_name=player.display_name,
        clicks=clicks,
        ref_code=player.ref_code,
        invite_url=app_invite_link(ports, player),
        public_name=public_name(player.id, player.username),
        language=UNSET if player.chosen_language is None else player.chosen_language or None,
        title=player.title or UNSET,
        looks=player.looks or UNSET,
        achievements=UNSET if achievements is None else achievements,
    )


def referrals_view(player: Player, page: Page[Branch], invited_by: str | None) -> Referrals:
    return Referrals(
        ref_code=player.ref_code,
        direct=player.direct_referrals,
        indirect=player.indirect_referrals,
        boost=player.boost,
        entries=[
            Invited(
                id=b.id,
                username=b.username,
                level=b.level,
                joined_at_s=b.joined_at_ms // 1_000,
                direct=b.direct,
                public_name=public_name(b.id, b.username),
            )
            for b in page.items
        ],
        cursor=page.cursor,
        invited_by=invited_by,
    )
