"""Home: own clicks, everybody's clicks, the top 20, and the way to everything else."""

from msgspec.structs import replace

from tapstack.services import leaderboard
from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Rows, Turn
from tapstack.telegram.views import clicks_of, name_of, open_button, rank_of, rows, say_row

scene = Scene("home", commands=("cancel",))


@scene.opens
def home(turn: Turn) -> None:
    turn.show(screen(turn), keyboard(turn))


@scene.on("below")
def below(turn: Turn) -> None:
    """Home as a new message, for where the pressed one is to stay."""
    turn.send(screen(turn), keyboard(turn))


@scene.on("unknown")
def unknown(turn: Turn) -> None:
    """Whatever was written: nobody is ever stuck."""
    turn.send(f"{turn.say('home.unknown')}\n\n{screen(turn)}", keyboard(turn))


@scene.on("cancel")
def cancel(turn: Turn) -> None:
    key = "home.cancelled" if turn.argument == "waited" else "home.nothing"
    turn.send(f"{turn.say(key)}\n\n{screen(turn)}", keyboard(turn))


def screen(turn: Turn) -> str:
    """The text of home."""
    board, player, language = leaderboard.current(turn.stores), turn.player, turn.language
    clicks = clicks_of(turn.stores, player)
    entries = [replace(e, clicks=clicks) if e.id == player.id else e for e in board.entries]  # newer than the board
    lines = [
        turn.say("home.hello", name=name_of(player)),
        "",
        turn.say("home.own", clicks=clicks),
        turn.say("home.all", clicks=max(clicks, board.total_clicks)),
        "",
        turn.say("home.top"),
        *(rows(entries, player.id, language) or [turn.say("home.empty")]),
    ]
    if clicks and all(entry.id != player.id for entry in board.entries):
        own = say_row(f"{rank_of(turn.stores, player):,}.", name_of(player), clicks, language)
        lines += ["…", f"<b>{own} ← {turn.say('row.you')}</b>"]
    settings = turn.stores.settings
    if settings.miniapp_url and not settings.button_url:
        lines += ["", turn.say("home.play_at", url=settings.miniapp_url)]
    return "\n".join(lines)


def keyboard(turn: Turn) -> Rows:
    """The buttons of home."""
    return [
        [turn.button("b.tap", "tap:open"), *open_button(turn)],
        [turn.button("b.board", "leaderboard:open"), turn.button("b.profile", "profile:open")],
        [turn.button("b.invite", "invite:open"), turn.button("b.settings", "settings:open")],
        [turn.button("b.help", "help:open")],
    ]
