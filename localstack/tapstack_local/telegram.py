"""A game's local Telegram: started with the game, and given the addresses of its webhook and Mini App."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tapstack_local.backing_services import BackingService
from tapstack_local.environment import LOCAL_BOT
from tapstack_local.errors import StartError
from tapstack_local.local_secrets import local_secrets
from tapstack_local.processes.child import Child
from tapstack_local.processes.ports import stable_port
from tapstack_local.processes.redaction import redactor
from tapstack_local.settings import Settings
from tapstack_local.template.model import App

WEBHOOK = "/telegram/webhook"
_LOCALSTACK = Path(__file__).parents[1]
_SETUP_S = 30.0


def wants_telegram(settings: Settings, app: App) -> bool:
    """Whether this game uses a local Telegram: it has a bot, and the settings name no other Telegram."""
    set_by_user = {"TELEGRAM_API_BASE", "TELEGRAM_BOT_TOKEN"} & settings.given.keys()
    return not set_by_user and any(route.path == WEBHOOK for route in app.api.routes)


def telegram(settings: Settings) -> BackingService:
    """Prepare the local Telegram, on loopback only, with its chats in the state folder."""
    port = stable_port(settings.state_dir, "telegram")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELEGRAM_")}
    environment |= {
        "PYTHONPATH": str(_LOCALSTACK / "telegram"),
        "PYTHONUNBUFFERED": "1",
        "TELEGRAM_LOCAL_PORT": str(port),
        "TELEGRAM_LOCAL_STATE": str(settings.state_dir / "telegram"),
        "TELEGRAM_LOCAL_MAIN_APP_URL": miniapp_url(settings),
        "TELEGRAM_LOCAL_FRAME_ORIGINS": " ".join(_origins(settings)),
        "TELEGRAM_LOCAL_HOSTS": settings.given.get("LOCAL_HOSTS", ""),
        "TELEGRAM_BOT_TOKEN": local_secrets(settings.state_dir)["TELEGRAM_BOT_TOKEN"],
        "TELEGRAM_BOT_USERNAME": settings.given.get("TELEGRAM_BOT_USERNAME", LOCAL_BOT),
        "TELEGRAM_LOCAL_BOT_NAME": "Tapstack",
    }
    command = [sys.executable, "-m", "telegram_local"]
    log = settings.state_dir / "logs" / "telegram.log"
    child = Child("telegram", command, environment, log, death_signal=signal.SIGTERM)
    return BackingService(child, port, f"http://127.0.0.1:{port}")


def miniapp_url(settings: Settings) -> str:
    """The Mini App's address: the one from the settings, else this game's."""
    return settings.given.get("MINIAPP_URL") or f"{settings.url}/app/"


def _origins(settings: Settings) -> list[str]:
    """The addresses that the chat page may show in a frame: this game under both of its names, and the Mini App."""
    parts = urlsplit(miniapp_url(settings))
    return [settings.url, settings.url.replace("127.0.0.1", "localhost"), f"{parts.scheme}://{parts.netloc}"]


def set_up_bot(settings: Settings, environment: Mapping[str, str]) -> None:
    """Set the bot's webhook, commands and menu button; raises StartError if Telegram does not accept them."""
    layer = settings.root / "layers" / "tapstack" / "python"
    command = [sys.executable, "-m", "tapstack.bot.botctl", "setup"]
    webhook = (settings.public_url or settings.url) + WEBHOOK
    full = dict(environment) | {"PYTHONPATH": str(layer), "WEBHOOK_URL": webhook}
    try:
        done = subprocess.run(  # noqa: S603
            command, env=full, capture_output=True, text=True, timeout=_SETUP_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise StartError(f"Telegram did not take the bot's settings within {_SETUP_S:.0f} s") from None
    if done.returncode:
        raise StartError(f"Telegram did not take the bot's settings:\n{redactor(full)(done.stderr[-2000:])}")


def set_up_bot_soon(
    settings: Settings, environment: Mapping[str, str], say: Callable[[str], None], stopping: threading.Event
) -> None:
    """Do the same in the background, again and again until Telegram takes it: the game runs without Telegram, too."""

    def run() -> None:
        for pause_s in _pauses():
            try:
                set_up_bot(settings, environment)
            except StartError as error:
                say(f"{error}\nnext attempt in {pause_s:.0f} s")
            else:
                say(f"the bot is set up: Telegram sends its updates to {settings.public_url}{WEBHOOK}")
                return
            if stopping.wait(pause_s):
                return

    threading.Thread(target=run, name="bot-setup", daemon=True).start()


def _pauses() -> Iterator[float]:
    yield from (5.0, 20.0, 60.0)
    while True:
        yield 300.0
