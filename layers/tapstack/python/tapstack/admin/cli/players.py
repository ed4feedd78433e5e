"""Commands for one player, or for a list of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from tapstack.admin import adjustments
from tapstack.admin.cli.game import Desk
from tapstack.admin.cli.output import player_row, progress, say, sure, table
from tapstack.audit.recording import record
from tapstack.moderation import moderation
from tapstack.platform.batches import batches
from tapstack.platform.bounds import MAX_CLICKS, MAX_REASON, MAX_SEARCH
from tapstack.platform.errors import GameError
from tapstack.players import accounts, referrals, search
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import PLAYER_ID
from tapstack.players.rules.referrals import Branch
from tapstack.privacy import erasure, export


def _given(_: click.Context, __: click.Parameter, reason: str) -> str:
    if len(reason) > MAX_REASON:
        raise click.BadParameter(f"at most {MAX_REASON:,} characters")
    return reason


_reason = click.option("--reason", required=True, callback=_given, help="Why: it is recorded with what was done.")


@click.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.pass_obj
def find(desk: Desk, text: str, limit: int) -> None:
    """Find players by id, Telegram id, username, referral code, or how a name starts."""
    table(desk, [player_row(player) for player in search.find(desk.game, text, limit=limit)])


@click.command("list")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--cursor", default=None, help="Where the page before ended.")
@click.option(
    "--standing", type=click.Choice([s.value for s in ModerationStatus if s]), help="Only those of a standing."
)
@click.pass_obj
def list_(desk: Desk, limit: int, cursor: str | None, standing: str | None) -> None:
    """List players, the newest first; or those who are suspect, shadow-banned or banned."""
    index = desk.game.player_index
    if standing:
        page = index.of_standing(ModerationStatus(standing), limit=limit, cursor=cursor)
        table(desk, [{**player_row(p), "reasons": "; ".join(p.reasons)} for p in page.items])
    else:
        page = index.newest(limit=limit, cursor=cursor)
        table(desk, [player_row(p) for p in page.items])
    if page.cursor:
        click.echo(f"more: --cursor {page.cursor}", err=True)


@click.command()
@click.argument("player")
@click.pass_obj
def show(desk: Desk, player: str) -> None:
    """Show all about a player, with what was done to them."""
    game = desk.game
    found = search.find_one(game, player)
    data = export.export(game, found.id)
    say(desk, data, json.dumps(data, ensure_ascii=False, indent=2, default=str))


@click.command("export")
@click.argument("player")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.pass_obj
def export_(desk: Desk, player: str, to: Path | None) -> None:
    """Export a player's data as JSON."""
    data = export.export(desk.game, search.find_one(desk.game, player).id)
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    if to:
        to.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


@click.command()
@click.argument("player")
@click.argument("username")
@_reason
@click.pass_obj
def rename(desk: Desk, player: str, username: str, reason: str) -> None:
    """Give a player a username."""
    found = search.find_one(desk.game, player)
    renamed, _ = accounts.rename(desk.game, found.id, username)
    record(desk.game, found.id, "rename", desk.operator, reason, old=found.username, new=username)
    say(desk, player_row(renamed), f"{found.id} is {username} now")


def _stand(desk: Desk, player: str, standing: ModerationStatus, reason: str) -> None:
    found = search.find_one(desk.game, player)
    if standing is ModerationStatus.BANNED:
        sure(desk, f"Ban {found.username or found.display_name or found.id}?")
    record(desk.game, found.id, str(standing) or "good", desk.operator, reason, old=str(found.standing) or "good")
    changed = moderation.set_standing(desk.game, found.id, standing, [reason] if standing else [])
    say(desk, player_row(changed), f"{found.id}: {found.standing or 'good'} -> {changed.standing or 'good'}")


@click.command()
@click.argument("player")
@click.option("--shadow", is_flag=True, help="Let them play on, seen by nobody but themselves.")
@_reason
@click.pass_obj
def ban(desk: Desk, player: str, shadow: bool, reason: str) -> None:
    """Ban a player, or shadow-ban them."""
    _stand(desk, player, ModerationStatus.SHADOW if shadow else ModerationStatus.BANNED, reason)


@click.command()
@click.argument("player")
@_reason
@click.pass_obj
def unban(desk: Desk, player: str, reason: str) -> None:
    """Give a player a good standing again."""
    _stand(desk, player, ModerationStatus.GOOD, reason)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--remove", is_flag=True, help="Take them off the whitelist.")
@click.pass_obj
def whitelist(desk: Desk, file: TextIO, remove: bool) -> None:
    """Put players on the whitelist, from a FILE with an id a line (- for standard input)."""
    lines = list(dict.fromkeys(line.strip() for line in file if line.strip() and not line.startswith("#")))
    ids = [line for line in lines if PLAYER_ID.fullmatch(line)]
    unknown = [line[:MAX_SEARCH] for line in lines if not PLAYER_ID.fullmatch(line)]
    with progress(desk, "whitelist", len(ids)) as move:
        for batch in batches(ids, 200):
            unknown += moderation.set_whitelisted(desk.game, batch, not remove)
            move(len(batch))
    done = {"changed": len(lines) - len(unknown), "unknown": unknown}
    say(desk, done, f"{done['changed']} changed" + (f", unknown: {', '.join(unknown)}" if unknown else ""))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("player")
@click.argument("by", type=click.IntRange(-MAX_CLICKS, MAX_CLICKS))
@_reason
@click.pass_obj
def adjust(desk: Desk, player: str, by: int, reason: str) -> None:
    """Change a player's clicks BY so many, up or down; never below 0."""
    found = search.find_one(desk.game, player)
    sure(desk, f"Change the clicks of {found.username or found.id} by {by:+,}?")
    clicks = adjustments.adjust(desk.game, found.id, by, operator=desk.operator, reason=reason)
    say(desk, {"id": found.id, "clicks": clicks}, f"{found.id} has {clicks:,} clicks now")


@click.command()
@click.argument("player")
@click.pass_obj
def delete(desk: Desk, player: str) -> None:
    """Erase a player: everything of theirs, everywhere, for good. Closed at once, gone within two minutes."""
    try:
        player_id = search.find_one(desk.game, player).id
    except GameError:  # one whose erasure was requested before
        if not PLAYER_ID.fullmatch(player):
            raise
        player_id = player
    sure(desk, f"Erase {player_id} for good?")
    found = erasure.request(desk.game, player_id, desk.operator)
    text = f"closed; everything of theirs is gone within {erasure.DONE_WITHIN_S} s" if found else "there is no account"
    say(desk, {"id": player_id, "erased": found}, text)


@click.command("referrals")
@click.argument("player")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100))
@click.option("--verify", is_flag=True, help="Count the tree and compare.")
@click.pass_obj
def referrals_(desk: Desk, player: str, limit: int, verify: bool) -> None:
    """Show the tree of players that one has invited."""
    found = search.find_one(desk.game, player)
    if verify:
        counted = referrals.recount(desk.game, found.id)
        kept = (found.direct_referrals, found.indirect_referrals)
        same = kept == (counted.direct, counted.indirect)
        say(desk, {"kept": kept, "counted": (counted.direct, counted.indirect), "same": same},
            f"kept {kept[0]} + {kept[1]}, counted {counted.direct} + {counted.indirect}")  # fmt: skip
        raise SystemExit(0 if same else 1)
    rows: list[Branch] = []
    cursor: str | None = None
    while len(rows) < limit:
        page = referrals.tree(desk.game, found.id, limit=limit - len(rows), cursor=cursor)
        rows += page.items
        cursor = page.cursor
        if cursor is None:
            break
    table(desk, [{"level": b.level, "id": b.id, "username": b.username, "invited": b.direct} for b in rows])


COMMANDS = (find, list_, show, export_, rename, ban, unban, whitelist, adjust, delete, referrals_)
