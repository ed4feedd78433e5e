"""Home: the own score, place and next goal, the best three, and the way to everything else."""

from __future__ import annotations

from tapstack.bot.ports import HomePorts
from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.leaderboards.chat_rows import rows
from tapstack.leaderboards.rules import with_own
from tapstack.play.rules.levels import level_of
from tapstack.play.rules.milestones import next_milestone
from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.players.names import name_of
from tapstack.telegram.context import HOME, Context, Rows
from tapstack.telegram.scene import Scene

scene: Scene[Player, HomePorts] = Scene(HOME, TEXTS, commands=("cancel",))

SHOWN = 3


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
    ports, player = context.ports, context.player
    clicks = clicks_of(ports, player.id)
    entries = with_own(all_time.current(ports).entries, player.id, player.username, clicks, size=all_time.TOP)
    lines = [context.headline or context.say("home.hello", name=name_of(player)), ""]
    lines.append(context.say("home.own", clicks=clicks))
    if clicks:
        rank = next((e.rank for e in entries if e.id == player.id), 0) or all_time.own_rank(ports, player.id).rank
        lines.append(context.say("home.place", rank=rank, level=level_of(clicks)))
    goal = next_milestone(clicks)
    lines += [context.say("home.goal", count=goal - clicks, goal=goal), "", context.say("home.top")]
    lines += rows(entries[:SHOWN], player.id, context.language) or [context.say("board.empty")]
    telegram = ports.settings.telegram
    if telegram.miniapp_url and not telegram.button_url:
        lines += ["", context.say("home.play_at", url=telegram.miniapp_url)]
    return "\n".join(lines)


def keyboard(context: Context[Player, HomePorts]) -> Rows:
    """The buttons of home."""
    return [
        [context.button("b.tap", "tap:open"), *context.open_button()],
        [context.button("b.board", "leaderboard:open"), context.button("b.profile", "profile:open")],
        [context.button("b.wallet", "wallet:open"), context.button("b.shop", "shop:open")],
        [context.button("b.quests", "quests:open"), context.button("b.invite", "invite:open")],
        [context.button("b.settings", "settings:open"), context.button("b.help", "help:open")],
    ]
