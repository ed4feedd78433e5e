"""A backup taken during play, and restored after the host is lost, loses and doubles no tap of players who go on."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from support.one_server import SETTINGS, operate, verify
from tapstack_local.testing import Game

from faults.crowd import Crowd
from faults.run import running_game
from faults.truth import wait_whole

PLAYERS = 20
WITHIN_S = 120.0


def backup(game: Game, folder: Path) -> Path:
    done = operate(game.state_dir, "backup", str(folder), "--keep", "1")
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("*.zip")
    return archive


async def lose_the_host(game: Game, crowd: Crowd, archives: Path) -> Path:
    """Backs up while everybody plays; then more is played, and the host dies."""
    crowd.join(PLAYERS)
    crowd.tap()
    await crowd.plays_for(7)  # more than a window of saving
    archive = await asyncio.to_thread(backup, game, archives)
    await crowd.plays_for(2)
    game.kill("game", signal.SIGSTOP)  # or it would restart the others, and they end by themselves when it dies
    for name in ("server", "events", "ministack", "redis", "game"):
        game.kill(name)
    return archive


async def play_on(game: Game, crowd: Crowd) -> None:
    await crowd.plays_for(2)
    crowd.rest()
    await crowd.empties(WITHIN_S)
    reading, _ = await wait_whole(game, crowd, WITHIN_S)
    assert reading.whole, reading.unlike
    done = await asyncio.to_thread(verify, game)
    assert done.returncode == 0, done.stdout + done.stderr


async def scenario(folder: Path) -> None:
    new_state = folder / "elsewhere" / "state"
    with running_game(folder / "lost", SETTINGS) as game:
        async with Crowd(game, (20.0, 30.0), seed=1) as crowd:
            archive = await lose_the_host(game, crowd, folder / "archives")
            done = await asyncio.to_thread(operate, new_state, "restore", str(archive))
            assert done.returncode == 0, done.stderr
            with Game(game.root, new_state, game.settings | {"STATE_DIR": str(new_state)}) as restored:
                await play_on(restored, crowd)


def test_players_go_on_after_a_backup_taken_under_load_is_restored_elsewhere(tmp_path: Path) -> None:
    asyncio.run(scenario(tmp_path))
