"""A small crowd plays the whole game; `make soak-bot` runs the large one."""

from __future__ import annotations

from pathlib import Path

from soak.bot.run import soak


def test_every_tap_in_the_chat_counts_once_and_every_chat_shows_its_last_state(tmp_path: Path) -> None:
    done = soak(tmp_path, players=60, seconds=4, pause_s=0.5)
    assert done.good, f"\n{done.table()}"
    assert done.presses > done.players * 2
