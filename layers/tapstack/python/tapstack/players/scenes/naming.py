"""Choosing a username: written, taken as proposed by one tap, or left for later."""

from __future__ import annotations

from tapstack.platform.errors import BadRequest, Conflict
from tapstack.players import accounts
from tapstack.players.model import Player
from tapstack.players.names import name_of
from tapstack.players.newcomers import inviter_name, proposed_username
from tapstack.players.ports import NamingPorts
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import HOME, Context, Rows
from tapstack.telegram.scene import Scene

scene: Scene[Player, NamingPorts] = Scene("naming", TEXTS)

SHOWN = 32
"""As much of a refused name as is shown."""


@scene.on("welcome")
def welcome(context: Context[Player, NamingPorts]) -> None:
    """A new player's first question."""
    _ask(context, "welcoming", welcome_text(context))


@scene.opens
def rename(context: Context[Player, NamingPorts]) -> None:
    own = context.player.username
    _ask(context, "renaming", context.say("name.change", name=own) if own else context.say("name.none"))


@scene.on_text("welcoming")
@scene.on_text("renaming")
def answered(context: Context[Player, NamingPorts]) -> None:
    """Tries a name. What is wrong with it is said in the question itself, and the answer is taken out of the chat."""
    context.tidy()
    _try(context, context.update.text.strip().removeprefix("@"))


@scene.on("take")
def take(context: Context[Player, NamingPorts]) -> None:
    """Takes the name that the button proposes; those of before this release carried none."""
    name = context.argument
    if name:
        _try(context, name)
    else:
        rename(context)


@scene.on("skip")
def skip(context: Context[Player, NamingPorts]) -> None:
    context.toast("name.skipped")
    context.go_to(HOME)


def _choices(context: Context[Player, NamingPorts]) -> Rows:
    """Nobody's Telegram username is proposed: by a public name, strangers would find the account."""
    name = None if context.player.username else proposed_username(context.ports, context.player)
    rows = [[context.button("b.take", f"naming:take:{name}", name=name)]] if name else []
    new = context.chat.state == "welcoming"
    way_out = context.button("b.skip", "naming:skip") if new else context.button("b.cancel", f"{HOME}:open")
    return [*rows, [way_out]]


def _ask(context: Context[Player, NamingPorts], state: str, text: str) -> None:
    context.wait_for("naming", state)
    context.show(f"{text}\n\n{context.say('name.prompt')}", _choices(context))


def _try(context: Context[Player, NamingPorts], name: str) -> None:
    try:
        context.player, _ = accounts.rename(context.ports, context.player.id, name)
    except Conflict:
        _again(context, context.say("name.taken", name=name))
    except BadRequest as error:
        key = f"name.{error.data.get('reason', 'bad_characters')}"
        _again(context, context.say(key, name=name[:SHOWN], length=len(name)))
    else:
        context.end_conversation()
        context.headline = context.say("name.done", name=name)
        context.go_to(HOME, "instead")


def _again(context: Context[Player, NamingPorts], complaint: str) -> None:
    context.wait_for("naming", context.chat.state or "renaming")
    context.revise(f"{complaint}\n\n{context.say('name.prompt')}", _choices(context))


def welcome_text(context: Context[Player, NamingPorts]) -> str:
    """The greeting; an invited player reads who has invited them."""
    greeting = context.say("name.welcome", name=name_of(context.player))
    inviter = inviter_name(context.ports, context.player)
    return f"{context.say('invite.invited_by', name=inviter)}\n\n{greeting}" if inviter else greeting
