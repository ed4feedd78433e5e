"""Privacy: what the game holds of a person, and how they have it gone."""

from tapstack.services import erasure
from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import clicks_of, home_row, open_button

scene = Scene("privacy", commands=("privacy",))

SURE_WITHIN_MS = 5 * 60_000
"""How long the button that erases works: one from long ago is not pressed by intent."""


@scene.opens
def show(turn: Turn) -> None:
    player = turn.player
    facts = turn.say(
        "privacy.facts",
        id=str(player.telegram_id),
        name=player.display_name,
        username=player.username or turn.plain("profile.nameless"),
        clicks=clicks_of(turn.stores, player),
        invited=player.direct_referrals,
        language=turn.plain("language"),
    )
    buttons = [open_button(turn), [turn.button("b.erase", "privacy:ask")], home_row(turn)]
    turn.show(f"{turn.say('privacy.title')}\n\n{facts}\n\n{turn.say('privacy.export')}", [b for b in buttons if b])


@scene.on("ask")
def ask(turn: Turn) -> None:
    """Asks once more: what is gone is gone."""
    sure = f"privacy:erase:{turn.stores.clock() + SURE_WITHIN_MS}"
    buttons = [[turn.button("b.erase_sure", sure)], [turn.button("b.keep", "settings:open")]]
    turn.show(turn.say("privacy.ask"), buttons)


@scene.on("erase")
def erase(turn: Turn) -> None:
    """Closes the account at once; the minute's job takes what is left, this conversation with it."""
    until_ms = int(turn.argument) if turn.argument.isdecimal() and len(turn.argument) < 16 else 0
    if turn.stores.clock() > until_ms:
        return ask(turn)
    erasure.request(turn.stores, turn.player.id, erasure.BY_PLAYER)
    turn.show(turn.say("privacy.erased"))
