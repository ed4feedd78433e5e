"""Signing in: from Telegram's proof to a player, a session and a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.platform.bounds import MAX_LANGUAGE_CODE
from tapstack.platform.errors import StoreUnavailable
from tapstack.play.redis_play import Refusal, SessionOpened
from tapstack.play.taps import load_player, tickets
from tapstack.players import referrals
from tapstack.players.accounts import refuse_banned
from tapstack.players.model import Player
from tapstack.players.rules.names import display_name
from tapstack.players.rules.bans import ban_marks

if TYPE_CHECKING:
    from tapstack.ports import Stores
    from tapstack.telegram.init_data import TelegramUser

CREATE_ATTEMPTS = 4
_REF_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class OpenedSession:
    player: Player
    existed: bool
    live: SessionOpened


def open_session(
    stores: Stores, user: TelegramUser, session: str, start_param: str = "", *, at_least: int = 0
) -> OpenedSession:
    """Opens a session, or takes it up at its watermark where it has been before; makes the player on first sight.

    `at_least` says how many taps it is known to have made: where no more is known here, a loss has taken the rest.
    Raises Conflict (`too_many_sessions`), Forbidden (`banned`) or StoreUnavailable.
    """
    player = find_or_create(stores, user, start_param)
    refuse_banned(player)
    outcome = stores.play.open_session(player.id, session)
    ticket = ""
    if outcome is Refusal.NOT_LOADED:
        ticket, saved = load_player(stores, player.id)
        if session in saved:
            outcome = stores.play.open_session(player.id, session)
    if not isinstance(outcome, Refusal):
        return OpenedSession(player, outcome.known, outcome)
    return _open_from_history(stores, player, session, at_least, ticket)


def _open_from_history(stores: Stores, player: Player, session: str, at_least: int, ticket: str) -> OpenedSession:
    for current in tickets(stores, player.id, ticket):
        ended = stores.counters.past_session(player.id, session)
        taps = ended.taps if ended else 0
        outcome = stores.play.open_session(
            player.id,
            session,
            start_from=taps,
            started_at_ms=ended.started_at_ms if ended else 0,
            lost=at_least > taps,
            ticket=current,
        )
        if outcome is Refusal.NOT_LOADED:
            load_player(stores, player.id)
        if not isinstance(outcome, Refusal):
            return OpenedSession(player, outcome.known or ended is not None, outcome)
    raise AssertionError("tickets end with an error")


def end_session(stores: Stores, player_id: str, session: str) -> None:
    """Ends a session because its player says so; ending it twice changes nothing."""
    stores.play.end_session(player_id, session)


def find_or_create(stores: Stores, user: TelegramUser, start_param: str = "") -> Player:
    """The player of a Telegram account; two first visits at once make one player.

    `start_param` is what the link said that they came by: on their first visit it may name who invited them.
    Raises Forbidden (`banned`) for who was banned and then erased.
    """
    for _ in range(CREATE_ATTEMPTS):
        player = stores.players.by_telegram_id(user.id)
        if player:
            return player
        new = Player(
            id=secrets.token_hex(8),
            telegram_id=user.id,
            username=None,
            display_name=display_name(user.first_name, user.last_name),
            ref_code="".join(secrets.choice(_REF_ALPHABET) for _ in range(8)),
            language=user.language_code[:MAX_LANGUAGE_CODE],
            created_at_ms=stores.clock(),
            ancestors=referrals.ancestors_for(stores, start_param),
        )
        if stores.players.create(new, ban_marks(user.id, stores.settings.token_signing_keys)):
            referrals.credit(stores, new)
            return new
    raise StoreUnavailable("the account could not be made just now", retry_after_s=1)
