"""From the game's values to the API's answers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from tapstack.http import session_tokens
from tapstack.http.api import Invited, PlayerView, Referrals, SessionView, TapAllowance, Totals
from tapstack.http.app import Reply
from tapstack.play.rules.pacing import heartbeat_every_ms, tap_burst
from tapstack.players.accounts import invite_url
from tapstack.players.rules.identity import session_id

if TYPE_CHECKING:
    from tapstack.leaderboards.model import Board, ClosedBoards, HallOfFame
    from tapstack.platform.paging import Page
    from tapstack.play.sessions import OpenedSession
    from tapstack.players.model import Player
    from tapstack.players.rules.referrals import Branch
    from tapstack.ports import Stores

LEADERBOARD_MAX_AGE_S = 5
CLOSED_MAX_AGE_S = 300
"""A board that is over changes only where a player in it does."""

CLOSED_KEPT_MS = 60_000
"""How long a process keeps what it has read of boards that are over."""

CLOSED_LISTS_MAX_AGE_S = 60
CONSTANT_MAX_AGE_S = 300


def player_view(stores: Stores, player: Player, clicks: int) -> PlayerView:
    link = invite_url(stores, player)
    return PlayerView(player.id, player.username, player.display_name, clicks, player.ref_code, link)


def referrals_view(player: Player, page: Page[Branch]) -> Referrals:
    return Referrals(
        player.ref_code,
        player.direct_referrals,
        player.indirect_referrals,
        player.boost,
        [Invited(b.id, b.username, b.level, b.joined_at_ms // 1_000, b.direct) for b in page.items],
        page.cursor,
    )


def session_view(stores: Stores, opened: OpenedSession, session_key: str) -> SessionView:
    """An opened session with a fresh token for it."""
    settings = stores.settings
    expires_at_s = stores.clock() // 1_000 + settings.token_ttl_s
    token = session_tokens.SessionToken(opened.player.id, session_key, expires_at_s)
    live = opened.live
    return SessionView(
        token=session_tokens.sign(token, settings.token_signing_keys[0]),
        session_id=session_id(session_key),
        expires_at_s=expires_at_s,
        taps=live.taps,
        flush_every_ms=live.flush_every_ms,
        heartbeat_every_ms=heartbeat_every_ms(settings.session_idle_s),
        allowance=TapAllowance(settings.taps_per_s, tap_burst(settings.taps_per_s)),
        player=player_view(stores, opened.player, live.clicks),
        totals=Totals(live.total_clicks, live.players, live.active),
    )


def leaderboard_reply(board: Board, if_none_match: str) -> Reply:
    """The leaderboard, or 304 where the caller has it already; cached by browsers and the CDN for 5 s.

    The ETag covers what can be seen of it, so an unchanged board that is computed again stays unchanged.
    """
    seen = msgspec.structs.replace(board, generated_at_s=0)
    etag = f'"{hashlib.sha256(msgspec.json.encode(seen)).hexdigest()[:16]}"'
    max_age_s = CLOSED_MAX_AGE_S if board.closed else LEADERBOARD_MAX_AGE_S
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={max_age_s}"}
    given = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    if etag in given or "*" in given:
        return Reply(status=304, headers=headers)
    return Reply(board, headers=headers)


def closed_reply(found: ClosedBoards | HallOfFame) -> Reply:
    """What there is of periods that are over; cached by browsers and the CDN for a minute."""
    return Reply(found, headers={"Cache-Control": f"public, max-age={CLOSED_LISTS_MAX_AGE_S}"})


def constant_reply(text: str) -> Reply:
    """JSON that only another version of the game changes."""
    return Reply(text, headers={"Cache-Control": f"public, max-age={CONSTANT_MAX_AGE_S}"})
