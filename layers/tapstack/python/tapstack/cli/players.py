"""Commands for one player, or for a list of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from tapstack.admin import adjustments
from tapstack.audit.recording import record
from tapstack.cli.invocation import Invocation
from tapstack.cli.output import as_json, confirm, listing, player_row, progress, say, table
from tapstack.factions import leaving
from tapstack.leaderboards import all_time
from tapstack.live import disconnecting, reporting
from tapstack.moderation import status as moderation
from tapstack.moderation.whitelist import set_whitelisted
from tapstack.platform.batches import batches
from tapstack.platform.bounds import MAX_CLICKS, MAX_REASON, MAX_SEARCH
from tapstack.platform.errors import GameError
from tapstack.players import accounts, referrals, search
from tapstack.players.model import ModerationStatus, Player
from tapstack.players.names import name_of
from tapstack.players.rules.identity import PLAYER_ID
from tapstack.players.rules.public_names import public_name
from tapstack.players.rules.referrals import Branch
from tapstack.privacy import erasure, export


def _given(_: click.Context, __: click.Parameter, reason: str) -> str:
    if len(reason) > MAX_REASON:
        raise click.BadParameter(f"at most {MAX_REASON:,} characters")
    return reason


given_reason = click.option("--reason", required=True, callback=_given, help="Why: recorded in the audit log.")


def _rows(run: Invocation, players: Sequence[Player]) -> list[dict[str, Any]]:
    """Players in a list, with their scores."""
    return [{**player_row(player), "score": accounts.clicks_of(run.game, player.id)} for player in players]


@click.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.pass_obj
def find(run: Invocation, text: str, limit: int) -> None:
    """Find players by id, Telegram id, username, referral code, or how a name starts."""
    table(run, _rows(run, search.find(run.game, text, limit=limit)))


@click.command("list")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--cursor", default=None, help="Where the previous page ended.")
@click.option(
    "--status", type=click.Choice([s.value for s in ModerationStatus if s]), help="Only those of a moderation status."
)
@click.pass_obj
def list_(run: Invocation, limit: int, cursor: str | None, status: str | None) -> None:
    """List players, the newest first; or those who are suspect, shadow-banned or banned."""
    index = run.game.player_index
    if status:
        page = index.with_status(ModerationStatus(status), limit=limit, cursor=cursor)
        rows = zip(_rows(run, page.items), page.items, strict=True)
        table(run, [{**row, "reasons": "; ".join(player.reasons)} for row, player in rows])
    else:
        page = index.newest(limit=limit, cursor=cursor)
        table(run, _rows(run, page.items))
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)


@click.command()
@click.argument("player")
@click.pass_obj
def show(run: Invocation, player: str) -> None:
    """Show what matters of a player; with --json everything, the audit log included."""
    game = run.game
    data = export.export(game, search.find_one(game, player).id)
    if run.as_json:
        click.echo(as_json(data))
    else:
        rank = all_time.own_rank(game, data["account"]["id"]).rank if data["clicks"] else None
        click.echo(listing(_summary(data, rank)))


def _summary(data: dict[str, Any], rank: int | None) -> dict[str, Any]:
    """What an operator asks first, of an export."""
    account, chat, sessions = data["account"], data["chat"], data["sessions"]
    flags = [account["standing"]] if account["standing"] != "good" else []
    flags += [*account["reasons"], *(["whitelisted"] if account["whitelisted"] else [])]
    flags += [*(["has blocked the bot"] if chat["blocked"] else []), *([] if chat["notifications"] else ["muted"])]
    running = sum(session["ended_at"] is None for session in sessions)
    return {
        "player": account["id"],
        "name": account["username"] or account["display_name"],
        "telegram id": str(account["telegram_id"]),
        "score": data["clicks"],
        "rank": rank,
        "paid taps": data["paid_taps"],
        "last tap": data["last_tap_at"],
        "joined": account["created_at"],
        "sessions": f"{len(sessions)}, {running} open",
        "invited": f"{data['referrals']['direct']} + {data['referrals']['indirect']}",
        "flags": "; ".join(flags) or "none",
        "decisions": len(data["decisions"]),
    }


@click.command("export")
@click.argument("player")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.pass_obj
def export_(run: Invocation, player: str, to: Path | None) -> None:
    """Export a player's data as JSON."""
    data = export.export(run.game, search.find_one(run.game, player).id)
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    if to:
        to.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


@click.command()
@click.argument("player")
@click.argument("username")
@given_reason
@click.pass_obj
def rename(run: Invocation, player: str, username: str, reason: str) -> None:
    """Give a player a username."""
    found = search.find_one(run.game, player)
    renamed, _ = accounts.rename(run.game, found.id, username)
    record(run.game, found.id, "rename", run.operator, reason, old=found.username, new=username)
    say(run, player_row(renamed), f"{found.id} is {username} now")


def _set_status(run: Invocation, player: str, status: ModerationStatus, reason: str) -> None:
    found = search.find_one(run.game, player)
    if status is ModerationStatus.BANNED:
        confirm(run, f"Ban {name_of(found)}?")
    record(run.game, found.id, str(status) or "good", run.operator, reason, old=str(found.status) or "good")
    changed = moderation.set_status(run.game, found.id, status, [reason] if status else [])
    if status is ModerationStatus.BANNED:
        leaving.expel(run.game, found.id)
        disconnecting.cut_off(run.game, found.id)
        reporting.silence(run.game, found.id)
    say(run, player_row(changed), f"{found.id}: {found.status or 'good'} -> {changed.status or 'good'}")


@click.command()
@click.argument("player")
@click.option("--shadow", is_flag=True, help="Let them play on, seen by nobody but themselves.")
@given_reason
@click.pass_obj
def ban(run: Invocation, player: str, shadow: bool, reason: str) -> None:
    """Ban a player, or shadow-ban them."""
    _set_status(run, player, ModerationStatus.SHADOW if shadow else ModerationStatus.BANNED, reason)


@click.command()
@click.argument("player")
@given_reason
@click.pass_obj
def unban(run: Invocation, player: str, reason: str) -> None:
    """Lift a ban, a shadow ban or a suspicion."""
    _set_status(run, player, ModerationStatus.GOOD, reason)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--remove", is_flag=True, help="Take them off the whitelist.")
@click.pass_obj
def whitelist(run: Invocation, file: TextIO, remove: bool) -> None:
    """Put players on the whitelist, from a FILE with an id a line (- for standard input)."""
    lines = list(dict.fromkeys(line.strip() for line in file if line.strip() and not line.startswith("#")))
    ids = [line for line in lines if PLAYER_ID.fullmatch(line)]
    unknown = [line[:MAX_SEARCH] for line in lines if not PLAYER_ID.fullmatch(line)]
    with progress(run, "whitelist", len(ids)) as advance:
        for batch in batches(ids, 200):
            unknown += set_whitelisted(run.game, batch, not remove)
            advance(len(batch))
    done = {"changed": len(lines) - len(unknown), "unknown": unknown}
    say(run, done, f"{done['changed']} changed" + (f", unknown: {', '.join(unknown)}" if unknown else ""))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("player")
@click.argument("by", type=click.IntRange(-MAX_CLICKS, MAX_CLICKS))
@given_reason
@click.pass_obj
def adjust(run: Invocation, player: str, by: int, reason: str) -> None:
    """Change a player's clicks BY a number, up or down; never below 0."""
    found = search.find_one(run.game, player)
    confirm(run, f"Change the clicks of {name_of(found)} by {by:+,}?")
    clicks = adjustments.adjust(run.game, found.id, by, operator=run.operator, reason=reason)
    say(run, {"id": found.id, "clicks": clicks}, f"{found.id} has {clicks:,} clicks now")


@click.command()
@click.argument("player")
@given_reason
@click.pass_obj
def delete(run: Invocation, player: str, reason: str) -> None:
    """Erase a player: everything of theirs, everywhere, for good. Closed at once, gone within two minutes."""
    try:
        player_id = search.find_one(run.game, player).id
    except GameError:  # one whose erasure was requested before
        if not PLAYER_ID.fullmatch(player):
            raise
        player_id = player
    confirm(run, f"Erase {player_id} for good?")
    found = erasure.request(run.game, player_id, run.operator, reason)
    text = f"closed; everything of theirs is gone within {erasure.DONE_WITHIN_S} s" if found else "there is no account"
    say(run, {"id": player_id, "erased": found}, text)


@click.command("referrals")
@click.argument("player")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100))
@click.option("--verify", is_flag=True, help="Count the tree and compare it with the stored counts.")
@click.pass_obj
def referrals_(run: Invocation, player: str, limit: int, verify: bool) -> None:
    """Show the tree of players whom a player has invited."""
    found = search.find_one(run.game, player)
    if verify:
        counted = referrals.recount(run.game, found.id)
        kept = (found.direct_referrals, found.indirect_referrals)
        same = kept == (counted.direct, counted.indirect)
        say(run, {"kept": kept, "counted": (counted.direct, counted.indirect), "same": same},
            f"kept {kept[0]} + {kept[1]}, counted {counted.direct} + {counted.indirect}")  # fmt: skip
        raise SystemExit(0 if same else 1)
    rows: list[Branch] = []
    cursor: str | None = None
    while len(rows) < limit:
        page = referrals.tree(run.game, found.id, limit=limit - len(rows), cursor=cursor)
        rows += page.items
        cursor = page.cursor
        if cursor is None:
            break
    table(
        run,
        [
            {"level": b.level, "id": b.id, "username": b.username, "public_name": public_name(b.id, b.username)}
            | {"invited": b.direct}
            for b in rows
        ],
    )


COMMANDS = (find, list_, show, export_, rename, ban, unban, whitelist, adjust, delete, referrals_)
