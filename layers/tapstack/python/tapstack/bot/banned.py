"""What a banned player hears: what is the matter, and whom to write to. Nothing of the game is open to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.bot.texts import TEXTS
from tapstack.play.sessions import contact
from tapstack.players.model import ModerationStatus, Player
from tapstack.telegram.context import Context, message_call
from tapstack.telegram.dispatch import answer_callback_query
from tapstack.telegram.texts import Html, language_of
from tapstack.telegram.updates import Kind

if TYPE_CHECKING:
    from tapstack.bot.ports import BotPorts
    from tapstack.platform.settings import TelegramSettings
    from tapstack.telegram.context import Call
    from tapstack.telegram.updates import Update

STILL_OPEN = ("privacy", "settings")
"""The scenes of a banned player: their data stays theirs."""


def explanation(settings: TelegramSettings, language: str) -> Html:
    """Says it, with the operator's contact where there is one."""
    whom = contact(settings)
    key = "banned.contact" if whom else "banned.no_contact"
    return Html(f"{TEXTS.say('banned.title', language)}\n\n{TEXTS.say(key, language, contact=whom or '')}")


def is_refused(player: Player, scene: str) -> bool:
    """Whether a scene is closed to a player."""
    return player.status is ModerationStatus.BANNED and scene not in STILL_OPEN


def refuse(context: Context[Player, BotPorts]) -> None:
    """Has the chat's screen say it: it says so once, however much is written."""
    context.end_conversation()
    context.revise(
        explanation(context.ports.settings.telegram, context.language), [[context.button("b.privacy", "privacy:open")]]
    )


def answer(ports: BotPorts, update: Update) -> Call:
    """The answer to somebody who was banned and then erased: nothing of it is kept."""
    language = language_of(update.user.language_code)
    if update.kind is Kind.CALLBACK_QUERY:
        return answer_callback_query(update.query_id, TEXTS.plain("banned.toast", language))
    if update.kind is Kind.MESSAGE and update.private:
        return message_call(update.chat_id, explanation(ports.settings.telegram, language))
    return {}
