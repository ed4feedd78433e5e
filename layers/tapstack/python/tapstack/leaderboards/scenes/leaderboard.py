"""The leaderboard: the best in pages, the players around one's own rank, friends, and the best by other metrics."""

from __future__ import annotations

from tapstack.leaderboards import all_time, friends, metrics, seasons
from tapstack.leaderboards.chat_rows import rows
from tapstack.leaderboards.model import SEASON, BoardId, BoardMetric
from tapstack.leaderboards.ports import BoardScenePorts
from tapstack.leaderboards.rules import with_own
from tapstack.leaderboards.texts import TEXTS
from tapstack.platform.calendar import Period
from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.telegram.context import Context, Rows
from tapstack.telegram.scene import Scene

PAGE = 10

NAMES = {
    BoardMetric.COINS: "board.by_coins",
    BoardMetric.XP: "board.by_xp",
    BoardMetric.CRATES: "board.by_crates",
    BoardMetric.CHECKINS: "board.by_checkins",
    BoardMetric.FRIENDS: "board.by_friends",
    BoardMetric.ACHIEVEMENTS: "board.by_achievements",
}
SPANS = {
    "all": (None, "board.span_all"),
    "year": (Period.YEAR, "board.span_year"),
    "week": (Period.WEEK, "board.span_week"),
}
"""Of the boards by metric that the chat shows."""

scene: Scene[Player, BoardScenePorts] = Scene("leaderboard", TEXTS, commands=("top", "leaderboard"))


@scene.opens
def first(context: Context[Player, BoardScenePorts]) -> None:
    context.argument = "0"
    page(context)


@scene.on("page")
def page(context: Context[Player, BoardScenePorts]) -> None:
    """One page, by its number."""
    board, player = all_time.current(context.ports), context.player
    clicks = clicks_of(context.ports, player.id)
    best = with_own(board.entries, player.id, player.username, clicks, size=all_time.TOP)
    pages = max(1, -(-len(best) // PAGE))
    number = int(context.argument) if context.argument.isdecimal() else 0
    number = min(number, pages - 1)
    entries = best[number * PAGE : (number + 1) * PAGE]
    lines = [
        context.say("board.title"),
        "",
        *(rows(entries, player.id, context.language) or [context.say("board.empty")]),
        "",
        context.say("board.players", count=board.total_players, active=board.active_players),
    ]
    context.show("\n".join(lines), _keyboard(context, pages, number))


@scene.on("around")
def around(context: Context[Player, BoardScenePorts]) -> None:
    """The player's own rank and neighbours."""
    own = all_time.own_rank(context.ports, context.player.id)
    lines = [context.say("board.around"), ""]
    if own.clicks:
        lines += rows(own.around, context.player.id, context.language)
        lines += ["", context.say("board.own", rank=own.rank, count=own.clicks)]
    else:
        lines.append(context.say("board.nothing"))
    board = all_time.current(context.ports)
    context.show("\n".join(lines), _keyboard(context, max(1, -(-len(board.entries) // PAGE)), -1))


@scene.on("friends")
def show_friends(context: Context[Player, BoardScenePorts]) -> None:
    """The player among their friends: the best of them, and the player in any case."""
    found = friends.board(context.ports, context.player.id).entries
    shown = [entry for entry in found if entry.rank <= PAGE or entry.id == context.player.id]
    lines = [
        context.say("board.friends"),
        "",
        *rows(shown, context.player.id, context.language),
    ]
    if len(found) == 1:
        lines += ["", context.say("board.no_friends")]
    context.show("\n".join(lines), [[context.button("b.everybody", "leaderboard:open")], context.home_row()])


@scene.on("by")
def by(context: Context[Player, BoardScenePorts]) -> None:
    """The best by something else than taps: `<metric>-<period>`, and the first such board for what names none.

    `xp-season` is the board of the season that runs; between two, that of XP ever.
    """
    wanted, _, span = context.argument.partition("-")
    metric = next((one for one in NAMES if one == wanted), BoardMetric.COINS)
    season, own_id = seasons.running(context.ports), context.player.id
    of = season if metric is BoardMetric.XP and span == SEASON else None
    named = "board.span_season"
    if of is None:
        span = span if span in SPANS else "all"
        period, named = SPANS[span]
        of = BoardId(metric, period)
    entries = metrics.current(context.ports, of).entries[:PAGE]
    lines = [
        context.say("board.by", metric=context.plain(NAMES[metric]), span=context.plain(named)),
        "",
        *(rows(entries, own_id, context.language) or [context.say("board.empty_by")]),
    ]
    if not any(entry.id == own_id for entry in entries):
        own = metrics.own_rank(context.ports, own_id, of, lambda _: 0.0)
        lines += ["", context.say("board.own_by", rank=own.rank, number=own.clicks)] if own.clicks else []
    kept = "all" if span == SEASON else span
    others = [context.button(name, f"leaderboard:by:{one}-{kept}") for one, name in NAMES.items() if one is not metric]
    spans = [context.button(name, f"leaderboard:by:{metric}-{one}") for one, (_, name) in SPANS.items() if one != span]
    if season and metric is BoardMetric.XP and span != SEASON:
        spans.append(context.button("board.span_season", f"leaderboard:by:{metric}-{SEASON}"))
    context.show(
        "\n".join(lines),
        [
            spans,
            *(others[at : at + 2] for at in range(0, len(others), 2)),
            [context.button("b.everybody", "leaderboard:open")],
            context.home_row(),
        ],
    )


def _keyboard(context: Context[Player, BoardScenePorts], pages: int, shown: int) -> Rows:
    others = [
        context.button("b.page", f"leaderboard:page:{n}", first=n * PAGE + 1, last=(n + 1) * PAGE)
        for n in range(pages)
        if n != shown
    ]
    around_me = [context.button("b.around", "leaderboard:around")] if shown >= 0 else []
    return [
        *([others] if others else []),
        *([around_me] if around_me else []),
        [context.button("b.friends", "leaderboard:friends"), context.button("b.league", "league:open")],
        [context.button("b.by", "leaderboard:by")],
        context.home_row(),
    ]
