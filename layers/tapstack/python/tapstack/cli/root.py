"""`tapstack`: its options, and its commands by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tapstack.cli import (
    boards,
    broadcasts,
    catalogue,
    chat,
    economy,
    factions,
    migrations,
    operations,
    players,
    simulation,
)
from tapstack.cli.game import STATE, NoGame
from tapstack.cli.invocation import Invocation
from tapstack.platform.errors import GameError
from tapstack.platform.settings import ConfigError


class Commands(click.Group):
    """Turns the game's refusals into messages; any other error is a bug and shows its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GameError as error:
            raise click.ClickException(f"{error.code}: {error.message}") from error
        except (NoGame, ConfigError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--yes", is_flag=True, help="Do harm without asking.")
@click.option("--state", type=click.Path(path_type=Path), default=None, show_default=STATE,
              help="Where an embedded game keeps run.json.")  # fmt: skip
@click.option("--stack", default="", help="The CloudFormation stack, where there are several.")
@click.pass_context
def cli(ctx: click.Context, as_json: bool, yes: bool, state: Path | None, stack: str) -> None:
    """Operate a Tapstack game.

    Works on the game that runs here (`make up`), or on the one that REDIS_URL and AWS_ENDPOINT_URL lead to:
    embedded, on LocalStack or on AWS. A PLAYER is an id, a Telegram id, a username, a referral code, or the start
    of a name that only one player has.
    """
    ctx.obj = Invocation(state=state, stack=stack, as_json=as_json, yes=yes)


GROUPS = (players, boards, operations, broadcasts, migrations, catalogue, economy, simulation, chat, factions)

for group in GROUPS:
    for command in group.COMMANDS:
        cli.add_command(command)
