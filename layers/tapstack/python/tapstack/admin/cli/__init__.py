"""The operator's command line: `tapstack`, or `python -m tapstack.admin.cli`."""

from __future__ import annotations

from tapstack.admin.cli.root import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Runs the command line."""
    cli(prog_name="tapstack")
