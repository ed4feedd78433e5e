"""Choosing a username: written, copied from Telegram by one tap, or left for later."""

from __future__ import annotations

import re

from tapstack.platform.errors import BadRequest, Conflict
from tapstack.players import accounts
from tapstack.players.model import Player
from tapstack.players.names import name_of
from tapstack.players.newcomers import inviter_name
from tapstack.players.ports import NamingPorts
from tapstack.players.rules.identity import USERNAME
from tapstack.players.texts import TEXTS
from tapstack.telegram.context import HOME, Context, Rows
from tapstack.telegram.scene import Scene

scene: Scene[Player, NamingPorts] = Scene("naming", TEXTS)


@scene.on("welcome")
def welcome(context: Context[Player, NamingPorts]) -> None:
    """A new player's first question."""
    context.send(welcome_text(context), _choices(context, "b.skip"))
    _ask(context, "welcoming")


@scene.opens
def rename(context: Context[Player, NamingPorts]) -> None:
    own = context.player.username
    context.show(
        context.say("name.change", name=own) if own else context.say("name.none"), _choices(context, "b.cancel")
    )
    _ask(context, "renaming")


@scene.on_text("welcoming")
@scene.on_text("renaming")
def answered(context: Context[Player, NamingPorts]) -> None:
    """Tries a name; explains why one is refused, and asks again."""
    _try(context, context.update.text.strip().removeprefix("@"))


@scene.on("take")
def take(context: Context[Player, NamingPorts]) -> None:
    """Takes the name from Telegram."""
    name = suggestion(context)
    if name:
        _try(context, name)
    else:
        rename(context)


@scene.on("skip")
def skip(context: Context[Player, NamingPorts]) -> None:
    context.toast("name.skipped")
    context.go_to(HOME)


def suggestion(context: Context[Player, NamingPorts]) -> str:
    """The name from Telegram as a username, "" where it makes none."""
    user = context.update.user
    for given in (user.username, f"{user.first_name}_{user.last_name}".strip("_"), user.first_name):
        name = re.sub(r"[^A-Za-z0-9_]", "", given.replace(" ", "_"))[:20]
        if USERNAME.fullmatch(name):
            return name
    return ""


def _choices(context: Context[Player, NamingPorts], way_out: str) -> Rows:
    name = suggestion(context)
    taken = name == context.player.username
    rows = [[context.button("b.take", "naming:take", name=name)]] if name and not taken else []
    return [*rows, [context.button(way_out, "naming:skip" if way_out == "b.skip" else f"{HOME}:open")]]


def _ask(context: Context[Player, NamingPorts], state: str) -> None:
    context.wait_for("naming", state)
    context.ask(context.say("name.prompt"), context.plain("name.placeholder"))


def _try(context: Context[Player, NamingPorts], name: str) -> None:
    try:
        context.player, _ = accounts.rename(context.ports, context.player.id, name)
    except Conflict:
        context.send(context.say("name.taken", name=name))
    except BadRequest as error:
        context.send(context.say(f"name.{error.data.get('reason', 'bad_characters')}", length=len(name)))
    else:
        context.end_conversation()
        context.send(context.say("name.done", name=name))
        return context.go_to(HOME, "below")
    return _ask(context, context.chat.state or "renaming")


def welcome_text(context: Context[Player, NamingPorts]) -> str:
    """The greeting; an invited player reads who has invited them."""
    greeting = context.say("name.welcome", name=name_of(context.player))
    inviter = inviter_name(context.ports, context.player)
    return f"{context.say('invite.invited_by', name=inviter)}\n\n{greeting}" if inviter else greeting
