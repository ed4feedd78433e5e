"""What the parts of the faction's scene share: who may see them, how things are shown, and why something is refused."""

from __future__ import annotations

from collections.abc import Callable

from telegram import InlineKeyboardButton

from tapstack.factions import reading
from tapstack.factions.answers import FactionView, Inside
from tapstack.factions.ports import FactionScenePorts
from tapstack.factions.texts import TEXTS
from tapstack.platform.errors import GameError, Retryable
from tapstack.players.model import Player
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Html

FactionContext = Context[Player, FactionScenePorts]

Act = Callable[[FactionContext], None]

REFUSALS = {
    "in_faction": "faction.why_in_faction",
    "faction_cooldown": "faction.why_cooldown",
    "faction_full": "faction.why_full",
    "asked_enough": "faction.why_asked_enough",
    "requests_full": "faction.why_requests_full",
    "link_needed": "faction.why_link_needed",
    "faction_unknown": "faction.why_unknown",
    "request_gone": "faction.why_request_gone",
    "not_member": "faction.why_not_member",
    "role_needed": "faction.why_role",
    "name_taken": "faction.why_name_taken",
    "not_enough": "faction.why_not_enough",
    "price_changed": "faction.why_price",
    "level_needed": "faction.why_level",
    "treasury_short": "faction.why_treasury",
    "too_early": "faction.why_too_early",
    "not_winner": "faction.why_not_winner",
    "op_expired": "faction.why_old",
    "op_reused": "faction.why_old",
}


def part() -> Scene[Player, FactionScenePorts]:
    """What a file adds to the scene (faction.py), under the scene's own name."""
    return Scene("faction", TEXTS)


def of_members(act: Callable[[FactionContext, FactionView, Inside], None]) -> Act:
    """An action for members; who has left since the button was shown sees where they are now."""

    def acted(context: FactionContext) -> None:
        own = reading.own(context.ports, context.player.id).faction
        if own is None or own.inside is None:
            return warn(context, "faction.why_not_member")
        return act(context, own, own.inside)

    return acted


def show_own(context: FactionContext) -> None:
    """One's own faction, or the ways into one (faction.py)."""
    context.go_to("faction")


def back(context: FactionContext) -> list[InlineKeyboardButton]:
    return [context.button("b.faction", "faction:open"), *context.home_row()]


def in_rows(buttons: list[InlineKeyboardButton], width: int) -> Rows:
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def warn(context: FactionContext, key: str) -> None:
    context.headline = context.say("faction.refused", why=context.say(key))
    show_own(context)


def explain(context: FactionContext, error: GameError) -> None:
    """Says why something was refused, above one's own faction or the ways into one."""
    context.headline = why(context, error)
    show_own(context)


def why(context: FactionContext, error: GameError) -> Html:
    """Why something was refused; what Telegram is to send again is raised, and so is a ban."""
    if isinstance(error, Retryable) or error.code == "banned":
        raise error
    if error.code == "validation_failed":
        key = "faction.why_reserved" if error.data.get("reason") == "reserved" else "faction.why_name"
    else:
        key = REFUSALS.get(error.code, "faction.why_impossible")
    return context.say("faction.refused", why=context.say(key, **error.data))
