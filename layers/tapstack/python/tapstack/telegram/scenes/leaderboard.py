"""The leaderboard: the best in pages, and the players around oneself."""

from tapstack.services import leaderboard
from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Rows, Turn
from tapstack.telegram.views import home_row, rows

PAGE = 10

scene = Scene("leaderboard", commands=("top", "leaderboard"))


@scene.opens
def first(turn: Turn) -> None:
    turn.argument = "0"
    page(turn)


@scene.on("page")
def page(turn: Turn) -> None:
    """One page, by its number."""
    board = leaderboard.current(turn.stores)
    pages = max(1, -(-len(board.entries) // PAGE))
    number = int(turn.argument) if turn.argument.isdecimal() else 0
    number = min(number, pages - 1)
    entries = board.entries[number * PAGE : (number + 1) * PAGE]
    lines = [
        turn.say("board.title"),
        "",
        *(rows(entries, turn.player.id, turn.language) or [turn.say("home.empty")]),
        "",
        turn.say("board.players", players=board.total_players, active=board.active_players),
    ]
    turn.show("\n".join(lines), _keyboard(turn, pages, number))


@scene.on("around")
def around(turn: Turn) -> None:
    """The own place and its neighbours."""
    standing = leaderboard.standing(turn.stores, turn.player.id)
    lines = [turn.say("board.around"), ""]
    if standing.clicks:
        lines += rows(standing.around, turn.player.id, turn.language)
        lines += ["", turn.say("board.own", rank=standing.rank, clicks=standing.clicks)]
    else:
        lines.append(turn.say("board.nothing"))
    board = leaderboard.current(turn.stores)
    turn.show("\n".join(lines), _keyboard(turn, max(1, -(-len(board.entries) // PAGE)), -1))


def _keyboard(turn: Turn, pages: int, shown: int) -> Rows:
    others = [
        turn.button("b.page", f"leaderboard:page:{n}", first=n * PAGE + 1, last=(n + 1) * PAGE)
        for n in range(pages)
        if n != shown
    ]
    around_me = [turn.button("b.around", "leaderboard:around")] if shown >= 0 else []
    return [*([others] if others else []), [*around_me, *home_row(turn)]]
