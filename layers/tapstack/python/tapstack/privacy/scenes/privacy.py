"""Privacy: what the game holds of a person, and how they have it gone."""

from tapstack.bot.views import clicks_of, home_row, open_button
from tapstack.privacy import erasure
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene = Scene("privacy", commands=("privacy",))

SURE_WITHIN_MS = 5 * 60_000
"""How long the button that erases works: one from long ago is not pressed by intent."""


@scene.opens
def show(context: Context) -> None:
    player = context.player
    facts = context.say(
        "privacy.facts",
        id=str(player.telegram_id),
        name=player.display_name,
        username=player.username or context.plain("profile.nameless"),
        clicks=clicks_of(context.stores, player),
        invited=player.direct_referrals,
        language=context.plain("language"),
    )
    buttons = [open_button(context), [context.button("b.erase", "privacy:ask")], home_row(context)]
    context.show(
        f"{context.say('privacy.title')}\n\n{facts}\n\n{context.say('privacy.export')}", [b for b in buttons if b]
    )


@scene.on("ask")
def ask(context: Context) -> None:
    """Asks once more: what is gone is gone."""
    sure = f"privacy:erase:{context.stores.clock() + SURE_WITHIN_MS}"
    buttons = [[context.button("b.erase_sure", sure)], [context.button("b.keep", "settings:open")]]
    context.show(context.say("privacy.ask"), buttons)


@scene.on("erase")
def erase(context: Context) -> None:
    """Closes the account at once; the minute's job takes what is left, this conversation with it."""
    until_ms = int(context.argument) if context.argument.isdecimal() and len(context.argument) < 16 else 0
    if context.stores.clock() > until_ms:
        return ask(context)
    erasure.request(context.stores, context.player.id, erasure.BY_PLAYER)
    context.show(context.say("privacy.erased"))
