"""The league: the best of the own division, the players around oneself, and who moves."""

from __future__ import annotations

from tapstack.leaderboards.chat_rows import rows
from tapstack.league.model import DivisionView, LeagueStatus, LeagueView, Moved, Tier, Zone
from tapstack.league.ports import LeagueScenePorts
from tapstack.league.reading import LeagueReader
from tapstack.league.texts import TEXTS
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

BEST = 3
EACH_SIDE = 3
ICONS = {Tier.BRONZE: "🥉", Tier.SILVER: "🥈", Tier.GOLD: "🥇", Tier.SAPPHIRE: "🔷", Tier.DIAMOND: "💎"}
TIERS = {
    Tier.BRONZE: "league.bronze",
    Tier.SILVER: "league.silver",
    Tier.GOLD: "league.gold",
    Tier.SAPPHIRE: "league.sapphire",
    Tier.DIAMOND: "league.diamond",
}
WITHOUT_DIVISION = {
    LeagueStatus.ENTERING: "league.entering",
    LeagueStatus.OUTSIDE: "league.outside",
    LeagueStatus.CLOSING: "league.closing",
}
MOVED = {Moved.UP: "league.moved_up", Moved.DOWN: "league.moved_down"}

scene: Scene[Player, LeagueScenePorts] = Scene("league", TEXTS, commands=("league",))
reader = LeagueReader()


@scene.opens
def show(context: Context[Player, LeagueScenePorts]) -> None:
    view = reader.view(context.ports, context.player.id)
    lines = _division(context, view, view.division) if view.division else _none(context, view)
    context.show("\n".join(lines), [[context.button("league.refresh", "league:open"), *context.home_row()]])


def _none(context: Context[Player, LeagueScenePorts], view: LeagueView) -> list[str]:
    return [
        context.say("league.no_title"),
        _ends(context, view),
        "",
        context.say(WITHOUT_DIVISION[view.status]),
    ]


def _division(context: Context[Player, LeagueScenePorts], view: LeagueView, division: DivisionView) -> list[str]:
    tier = context.plain(TIERS[division.tier])
    lines = [
        context.say("league.title", icon=ICONS[division.tier], tier=tier, division=division.number),
        _ends(context, view),
        "",
        *_shown(context, division),
        "",
        context.say("league.own", rank=division.rank, players=len(division.rows)),
    ]
    if moved := MOVED.get(division.moved):
        lines.append(context.say(moved))
    if division.up_to:
        places, to = _places(1, division.up), context.plain(TIERS[division.up_to])
        lines.append(context.say("league.up", places=places, tier=to))
    down = [row.rank for row in division.rows if row.zone is Zone.DOWN]
    if division.down_to and down:
        places, to = _places(down[0], down[-1]), context.plain(TIERS[division.down_to])
        lines.append(context.say("league.down", places=places, tier=to))
    return lines


def _places(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _shown(context: Context[Player, LeagueScenePorts], division: DivisionView) -> list[str]:
    """The best and those around the player, with a gap where some are left out."""
    around = range(division.rank - EACH_SIDE, division.rank + EACH_SIDE + 1)
    shown = [row for row in division.rows if row.rank <= BEST or row.rank in around]
    lines: list[str] = []
    for before, row in zip([None, *shown], shown, strict=False):
        if before and row.rank > before.rank + 1:
            lines.append("…")
        lines += rows([row], context.player.id, context.language)
    return lines if shown[-1] is division.rows[-1] else [*lines, "…"]


def _ends(context: Context[Player, LeagueScenePorts], view: LeagueView) -> str:
    minutes = max(0, view.ends_at_s - context.ports.clock() // 1_000) // 60
    if minutes >= 24 * 60:
        return context.say("league.ends", days=minutes // 1_440, hours=minutes // 60 % 24)
    return context.say("league.ends_soon", hours=minutes // 60, minutes=minutes % 60)
