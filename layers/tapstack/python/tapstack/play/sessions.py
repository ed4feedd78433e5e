"""Signing in: from Telegram's proof to a player, a session and a token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tapstack.inbox.notifying import count_unread
from tapstack.platform.bounds import MAX_LANGUAGE_CODE
from tapstack.platform.errors import Forbidden, StoreUnavailable
from tapstack.platform.threads import in_thread
from tapstack.play.model import Refusal, SessionOpened
from tapstack.play.taps import load_player, tickets
from tapstack.players import referrals
from tapstack.players.accounts import refuse_banned
from tapstack.players.joining import tell_inviter
from tapstack.players.model import Player
from tapstack.players.rules.bans import ban_marks
from tapstack.players.rules.names import display_name

if TYPE_CHECKING:
    from tapstack.platform.settings import TelegramSettings
    from tapstack.play.ports import AsyncSessionPorts, EndPorts, SessionPorts
    from tapstack.telegram.init_data import TelegramUser

CREATE_ATTEMPTS = 4
_REF_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class OpenedSession:
    player: Player
    existed: bool
    live: SessionOpened


def open_session(
    ports: SessionPorts, user: TelegramUser, session: str, start_param: str = "", *, at_least: int = 0
) -> OpenedSession:
    """Opens a session, or resumes it at its watermark; creates the player on their first visit.

    `at_least` says how many taps it is known to have made: where fewer are known here, a loss has taken the rest.
    Raises Conflict (`too_many_sessions`), Forbidden (`banned`, with the `contact` to write to) or StoreUnavailable.
    """
    return _open(ports, _signed_in(ports, user, start_param), session, at_least)


async def open_session_async(
    ports: AsyncSessionPorts, user: TelegramUser, session: str, start_param: str = ""
) -> tuple[OpenedSession, int | None]:
    """As open_session, on an event loop, and how many notices are unread, None if it can't be told now.

    What is not kept, and what needs more than the script, is left to a thread.
    """
    returning = await ports.pipelined_accounts.by_telegram_id(user.id)
    if returning:
        player, unread = returning
        outcome = await ports.pipelined_play.open_session(player.id, session)
        if not isinstance(outcome, Refusal):
            if unread is None:
                unread = await in_thread(count_unread, ports, player.id)
            return OpenedSession(player, outcome.known, outcome), unread
    return await in_thread(_open_and_keep, ports, user, session, start_param)


def _open_and_keep(
    ports: AsyncSessionPorts, user: TelegramUser, session: str, start_param: str
) -> tuple[OpenedSession, int | None]:
    """As open_session_async; keeps what it reads. Of a banned player it keeps nothing."""
    player = _signed_in(ports, user, start_param)
    ports.kept_accounts.keep(player)
    return _open(ports, player, session), count_unread(ports, player.id)


def _signed_in(ports: SessionPorts, user: TelegramUser, start_param: str) -> Player:
    """The player of a Telegram account, who is made on their first visit; raises Forbidden (`banned`)."""
    try:
        player = find_or_create(ports, user, start_param)
        refuse_banned(player)
    except Forbidden as error:
        raise Forbidden(error.message, code=error.code, contact=contact(ports.settings.telegram)) from error
    return player


def _open(ports: SessionPorts, player: Player, session: str, at_least: int = 0) -> OpenedSession:
    outcome = ports.play.open_session(player.id, session)
    ticket = ""
    if outcome is Refusal.NOT_LOADED:
        ticket, saved = load_player(ports, player.id)
        if session in saved:
            outcome = ports.play.open_session(player.id, session)
    if not isinstance(outcome, Refusal):
        return OpenedSession(player, outcome.known, outcome)
    return _open_from_history(ports, player, session, at_least, ticket)


def contact(settings: TelegramSettings) -> str | None:
    """Whom players may write to, as @username; None where the operator names nobody."""
    name = settings.support_username
    return f"@{name}" if name else None


def _open_from_history(ports: SessionPorts, player: Player, session: str, at_least: int, ticket: str) -> OpenedSession:
    for current in tickets(ports, player.id, ticket):
        ended = ports.counters.past_session(player.id, session)
        taps = ended.taps if ended else 0
        outcome = ports.play.open_session(
            player.id,
            session,
            start_from=taps,
            started_at_ms=ended.started_at_ms if ended else 0,
            lost=at_least > taps,
            ticket=current,
        )
        if outcome is Refusal.NOT_LOADED:
            load_player(ports, player.id)
        if not isinstance(outcome, Refusal):
            return OpenedSession(player, outcome.known or ended is not None, outcome)
    raise AssertionError("tickets end with an error")


def end_session(ports: EndPorts, player_id: str, session: str) -> None:
    """Ends a session at its player's request; ending it twice changes nothing."""
    ports.play.end_session(player_id, session)


def find_or_create(ports: SessionPorts, user: TelegramUser, start_param: str = "") -> Player:
    """The player of a Telegram account; two first visits at once create one player.

    `start_param` is the start parameter of the link they followed: on a first visit it may name their inviter.
    Raises Forbidden (`banned`) for an account that was banned and then erased.
    """
    for _ in range(CREATE_ATTEMPTS):
        player = ports.players.by_telegram_id(user.id)
        if player:
            return player
        new = Player(
            id=secrets.token_hex(8),
            telegram_id=user.id,
            username=None,
            display_name=display_name(user.first_name, user.last_name),
            ref_code="".join(secrets.choice(_REF_ALPHABET) for _ in range(8)),
            language=user.language_code[:MAX_LANGUAGE_CODE],
            created_at_ms=ports.clock(),
            ancestors=referrals.ancestors_for(ports, start_param),
        )
        if ports.players.create(new, ban_marks(user.id, ports.settings.http.token_signing_keys)):
            referrals.credit(ports, new)
            tell_inviter(ports, new)
            return new
    raise StoreUnavailable("the account could not be made just now", retry_after_s=1)
