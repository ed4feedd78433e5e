"""Inviting: the own link, to share in any chat or to copy."""

from telegram import CopyTextButton, InlineKeyboardButton

from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import home_row, invite_link

scene = Scene("invite", commands=("invite",))


@scene.opens
def show(turn: Turn) -> None:
    link = invite_link(turn.stores, turn.player)
    share = InlineKeyboardButton(turn.plain("b.share"), switch_inline_query=turn.plain("invite.share"))
    copy = InlineKeyboardButton(turn.plain("b.copy"), copy_text=CopyTextButton(link))
    turn.show(turn.say("invite.body", link=link), [[share, copy], home_row(turn)])
