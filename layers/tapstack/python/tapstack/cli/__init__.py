"""The operator's command line: `tapstack`, or `python -m tapstack`.

An entry point like the functions: it builds the game's container and calls the services of every concept.
"""

from __future__ import annotations

from tapstack.cli.root import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Runs the command line."""
    cli(prog_name="tapstack")
