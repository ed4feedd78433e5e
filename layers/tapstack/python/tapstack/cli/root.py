"""`tapstack`: its options, and its commands by name."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from tapstack.cli.game import STATE, NoGame
from tapstack.cli.invocation import Invocation
from tapstack.platform.errors import GameError
from tapstack.platform.settings import ConfigError

MODULES = {
    "boards": ("board", "archive", "fame", "repair", "verify"),
    "broadcasts": ("broadcast",),
    "catalogue": ("catalogue",),
    "chat": ("chat",),
    "economy": ("economy",),
    "factions": ("faction",),
    "migrations": ("migrate",),
    "operations": ("metrics", "messages", "seed"),
    "players": (
        *("find", "list", "show", "export", "rename", "ban"),
        *("unban", "whitelist", "adjust", "delete", "referrals"),
    ),
    "simulation": ("sim",),
}
"""Where each command is: only the module of the command that is run is loaded."""


class Commands(click.Group):
    """Turns the game's refusals into messages; any other error is a bug and shows its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's name
        return sorted(name for names in MODULES.values() for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # click's name
        for module, names in MODULES.items():
            if cmd_name in names:
                found: tuple[click.Command, ...] = importlib.import_module(f"tapstack.cli.{module}").COMMANDS
                return found[names.index(cmd_name)]
        return None

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
