"""Home: own clicks, everybody's clicks, the top 20, and the way to everything else."""

from __future__ import annotations

from msgspec.structs import replace

from tapstack.bot.ports import HomePorts
from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.leaderboards.chat_rows import own_row, rows
from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.players.names import name_of
from tapstack.telegram.context import HOME, Context, Rows
from tapstack.telegram.scene import Scene

scene: Scene[Player, HomePorts] = Scene(HOME, TEXTS, commands=("cancel",))


@scene.opens
def home(context: Context[Player, HomePorts]) -> None:
    context.show(screen(context), keyboard(context))


@scene.on("instead")
def instead(context: Context[Player, HomePorts]) -> None:
    """Home in place of the chat's screen, after a text too."""
    context.revise(screen(context), keyboard(context))


@scene.on("unknown")
def unknown(context: Context[Player, HomePorts]) -> None:
    """Answers any text that nothing has asked for: nobody is ever stuck."""
    context.headline = context.say("home.unknown")
    instead(context)


@scene.on("cancel")
def cancel(context: Context[Player, HomePorts]) -> None:
    context.headline = context.say("home.cancelled" if context.argument == "waited" else "home.nothing")
    home(context)


def screen(context: Context[Player, HomePorts]) -> str:
    """The text of home."""
    board, player = all_time.current(context.ports), context.player
    clicks = clicks_of(context.ports, player.id)
    entries = [replace(e, clicks=clicks) if e.id == player.id else e for e in board.entries]  # newer than the board
    lines = [
        context.headline or context.say("home.hello", name=name_of(player)),
        "",
        context.say("home.own", clicks=clicks),
        context.say("board.total", clicks=max(clicks, board.total_clicks)),
        "",
        context.say("home.top"),
        *(rows(entries, player.id, context.language) or [context.say("board.empty")]),
    ]
    if clicks and all(entry.id != player.id for entry in board.entries):
        rank = all_time.own_rank(context.ports, player.id).rank
        lines += ["…", own_row(f"{rank:,}.", name_of(player), clicks, context.language)]
    settings = context.ports.settings
    if settings.telegram.miniapp_url and not settings.telegram.button_url:
        lines += ["", context.say("home.play_at", url=settings.telegram.miniapp_url)]
    return "\n".join(lines)


def keyboard(context: Context[Player, HomePorts]) -> Rows:
    """The buttons of home."""
    return [
        [context.button("b.tap", "tap:open"), *context.open_button()],
        [context.button("b.board", "leaderboard:open"), context.button("b.profile", "profile:open")],
        [context.button("b.invite", "invite:open"), context.button("b.settings", "settings:open")],
        [context.button("b.help", "help:open")],
    ]
