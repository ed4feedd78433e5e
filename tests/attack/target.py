"""The game under attack: a new one, or one that is already running on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from support.servers import ROOT
from tapstack_local.testing import Game

LOOPBACK = ("127.0.0.1", "localhost")


class NotOurs(Exception):
    """This address must not be attacked; the message says why."""


@dataclass(frozen=True)
class Target:
    """What an attacking process needs to know about a game, passed to it as JSON."""

    port: int
    telegram_port: int
    aws_port: int
    state_dir: str
    bot_token: str
    webhook_secret: str

    @classmethod
    def of(cls, game: Game) -> Target:
        """Reads run.json and the secrets of a running game."""
        return cls(
            port=int(game.settings["PORT"]),
            telegram_port=urlsplit(str(game.run["telegram_url"])).port or 0,
            aws_port=urlsplit(game.aws_endpoint_url).port or 0,
            state_dir=str(game.state_dir),
            bot_token=game.secret("TELEGRAM_BOT_TOKEN"),
            webhook_secret=game.secret("TELEGRAM_WEBHOOK_SECRET"),
        )

    def text(self) -> str:
        return json.dumps(asdict(self))

    @property
    def game(self) -> Game:
        """The running game, for access to its stores; this neither starts nor stops it."""
        return Game(ROOT, Path(self.state_dir), {"PORT": str(self.port)})


@contextmanager
def own_game(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Game]:
    """A game from this checkout with its own local Telegram, without the Mini App's build."""
    root = folder / "root"
    root.mkdir(parents=True)
    for name in ("template.yaml", "functions", "layers"):
        (root / name).symlink_to(ROOT / name)
    with Game(root, folder / "state", {"LOCAL_RELOAD": "0", **(settings or {})}) as game:
        yield game


def named_game(url: str, state_dir: Path) -> Game:
    """The game running at a local address, with the secrets from its state folder.

    Raises NotOurs if the address is not loopback, or if the folder belongs to another game.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK or not parts.port:
        raise NotOurs(f"{url} is not on this machine: only http://127.0.0.1:<port> may be attacked")
    running = state_dir / "run.json"
    if not running.exists():
        raise NotOurs(f"no game is running with the state folder {state_dir}: set ATTACK_STATE")
    said = str(json.loads(running.read_text(encoding="utf-8"))["url"])
    if urlsplit(said).port != parts.port:
        raise NotOurs(f"the game of {state_dir} is at {said}, not at {url}")
    return Game(ROOT, state_dir, {"PORT": str(parts.port)})
