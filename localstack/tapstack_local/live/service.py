"""The process `live` of a game: its command, and what the other processes have to know of it."""

import os
import secrets
import signal
import sys
from pathlib import Path

from tapstack_local.backing_services import BackingService
from tapstack_local.gateway.invocations import PREFIX, SECRET
from tapstack_local.processes.child import Child
from tapstack_local.processes.ports import stable_port
from tapstack_local.settings import Settings
from tapstack_local.template.model import SocketApi
from tapstack_local.template.socket_api import STAGE

_PACKAGE_ROOT = str(Path(__file__).parents[2])


def live(settings: Settings, api: SocketApi) -> tuple[BackingService, dict[str, str]]:
    """Prepare the process; return it with the variables by which functions and clients find it.

    Clients come to the game's public address, where a proxy in front leads /live to this process; without one, to this
    process itself.
    """
    port = settings.live_port or stable_port(settings.state_dir, "live")
    secret = secrets.token_urlsafe(24)
    command = [
        sys.executable, "-m", "tapstack_local", "live", "--host", settings.host, "--port", str(port),
        "--invoke", f"{settings.url}{PREFIX}{{function}}", "--rate", str(api.rate_per_s),
        *(f"--route={key}={function}" for key, function in sorted(api.routes.items())),
    ]  # fmt: skip
    environment = {
        **{name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"},
        "PYTHONPATH": _PACKAGE_ROOT,
        "PYTHONUNBUFFERED": "1",
        SECRET: secret,
    }
    child = Child("live", command, environment, settings.state_dir / "logs" / "live.log", death_signal=signal.SIGTERM)
    own = settings.url.rpartition(":")[0]
    public = settings.public_url or f"{own}:{port}"
    known = {
        SECRET: secret,
        "LIVE_URL": f"ws{public.removeprefix('http')}/{STAGE}",
        "LIVE_ENDPOINT": f"{own}:{port}/{secret}",
    }
    return BackingService(child, port, f"{own}:{port}"), known
