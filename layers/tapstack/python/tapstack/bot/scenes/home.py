"""Home: own clicks, everybody's clicks, the top 20, and the way to everything else."""

from msgspec.structs import replace

from tapstack.bot.views import clicks_of, name_of, open_button, rank_of, rows, say_row
from tapstack.leaderboards import all_time
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.scene import Scene

scene = Scene("home", commands=("cancel",))


@scene.opens
def home(context: Context) -> None:
    context.show(screen(context), keyboard(context))


@scene.on("below")
def below(context: Context) -> None:
    """Home as a new message, for where the pressed one is to stay."""
    context.send(screen(context), keyboard(context))


@scene.on("unknown")
def unknown(context: Context) -> None:
    """Whatever was written: nobody is ever stuck."""
    context.send(f"{context.say('home.unknown')}\n\n{screen(context)}", keyboard(context))


@scene.on("cancel")
def cancel(context: Context) -> None:
    key = "home.cancelled" if context.argument == "waited" else "home.nothing"
    context.send(f"{context.say(key)}\n\n{screen(context)}", keyboard(context))


def screen(context: Context) -> str:
    """The text of home."""
    board, player, language = all_time.current(context.stores), context.player, context.language
    clicks = clicks_of(context.stores, player)
    entries = [replace(e, clicks=clicks) if e.id == player.id else e for e in board.entries]  # newer than the board
    lines = [
        context.say("home.hello", name=name_of(player)),
        "",
        context.say("home.own", clicks=clicks),
        context.say("home.all", clicks=max(clicks, board.total_clicks)),
        "",
        context.say("home.top"),
        *(rows(entries, player.id, language) or [context.say("home.empty")]),
    ]
    if clicks and all(entry.id != player.id for entry in board.entries):
        own = say_row(f"{rank_of(context.stores, player):,}.", name_of(player), clicks, language)
        lines += ["…", f"<b>{own} ← {context.say('row.you')}</b>"]
    settings = context.stores.settings
    if settings.miniapp_url and not settings.button_url:
        lines += ["", context.say("home.play_at", url=settings.miniapp_url)]
    return "\n".join(lines)


def keyboard(context: Context) -> Rows:
    """The buttons of home."""
    return [
        [context.button("b.tap", "tap:open"), *open_button(context)],
        [context.button("b.board", "leaderboard:open"), context.button("b.profile", "profile:open")],
        [context.button("b.invite", "invite:open"), context.button("b.settings", "settings:open")],
        [context.button("b.help", "help:open")],
    ]
