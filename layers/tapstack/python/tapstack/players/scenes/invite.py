"""Inviting: the own link, to share in any chat or to copy."""

from telegram import CopyTextButton, InlineKeyboardButton

from tapstack.bot.views import home_row, invite_link
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene = Scene("invite", commands=("invite",))


@scene.opens
def show(context: Context) -> None:
    link = invite_link(context.stores, context.player)
    share = InlineKeyboardButton(context.plain("b.share"), switch_inline_query=context.plain("invite.share"))
    copy = InlineKeyboardButton(context.plain("b.copy"), copy_text=CopyTextButton(link))
    context.show(context.say("invite.body", link=link), [[share, copy], home_row(context)])
