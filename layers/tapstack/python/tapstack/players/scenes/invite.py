"""Inviting: the own link, to share in any chat or to copy."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton

from tapstack.players.links import chat_invite_link
from tapstack.players.model import Player
from tapstack.players.ports import InvitePorts
from tapstack.players.texts import TEXTS
from tapstack.telegram.client import bot_name
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene: Scene[Player, InvitePorts] = Scene("invite", TEXTS, commands=("invite",))


@scene.opens
def show(context: Context[Player, InvitePorts]) -> None:
    link = chat_invite_link(bot_name(context.ports), context.player)
    share = InlineKeyboardButton(context.plain("b.share"), switch_inline_query=context.plain("invite.share"))
    copy = InlineKeyboardButton(context.plain("b.copy"), copy_text=CopyTextButton(link))
    context.show(context.say("invite.body", link=link), [[share, copy], context.home_row()])
