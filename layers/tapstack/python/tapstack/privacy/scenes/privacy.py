"""Privacy: shows what the game holds of a person, and erases it."""

from __future__ import annotations

from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.privacy import erasure
from tapstack.privacy.ports import PrivacyPorts
from tapstack.privacy.texts import TEXTS
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene: Scene[Player, PrivacyPorts] = Scene("privacy", TEXTS, commands=("privacy",))

CONFIRM_WITHIN_MS = 5 * 60_000
"""How long the button that erases works: nobody taps an old one on purpose."""


@scene.opens
def show(context: Context[Player, PrivacyPorts]) -> None:
    player = context.player
    facts = context.say(
        "privacy.facts",
        id=str(player.telegram_id),
        name=player.display_name,
        username=player.username or context.plain("name.none_yet"),
        clicks=clicks_of(context.ports, player.id),
        invited=player.direct_referrals,
        language=context.plain("language"),
    )
    buttons = [context.open_button(), [context.button("b.erase", "privacy:ask")], context.home_row()]
    context.show(
        f"{context.say('privacy.title')}\n\n{facts}\n\n{context.say('privacy.export')}", [b for b in buttons if b]
    )


@scene.on("ask")
def ask(context: Context[Player, PrivacyPorts]) -> None:
    """Asks for a confirmation: an erasure can't be undone."""
    confirm = f"privacy:erase:{context.ports.clock() + CONFIRM_WITHIN_MS}"
    buttons = [[context.button("b.erase_sure", confirm)], [context.button("b.keep", "settings:open")]]
    context.show(context.say("privacy.ask"), buttons)


@scene.on("erase")
def erase(context: Context[Player, PrivacyPorts]) -> None:
    """Closes the account at once; the minute's job erases the rest, this conversation included."""
    until_ms = int(context.argument) if context.argument.isdecimal() and len(context.argument) < 16 else 0
    if context.ports.clock() > until_ms:
        return ask(context)
    erasure.request(context.ports, context.player.id, erasure.BY_PLAYER)
    context.show(context.say("privacy.erased"))
