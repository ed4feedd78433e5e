"""A click in a new interpreter, as the first one of a Lambda environment is."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tapstack.platform.settings import DEFAULTS

from support.game import Game, Player
from support.servers import ROOT

CLICK = """
import json, sys
event = json.loads(sys.stdin.read())
import app
answer = app.app(event, None)
print(json.dumps([answer["statusCode"], sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def click_in_a_new_process(game: Game, player: Player, taps: int) -> tuple[int, set[str]]:
    """The status of the answer, and the packages that were loaded for it."""
    event = {
        "version": "2.0",
        "rawPath": "/clicks",
        "rawQueryString": "",
        "headers": {name.lower(): value for name, value in player.headers.items()},
        "requestContext": {"requestId": "r", "http": {"method": "POST", "sourceIp": "127.0.0.1"}},
        "body": json.dumps({"taps": taps}),
        "isBase64Encoded": False,
    }
    settings = game.stores.settings
    names = {name: value for name, value in settings.values.items() if name.endswith(("_URL", "_TABLE"))}
    names["REDIS_CLUSTER"] = "1" if settings.redis.cluster else "0"
    (key,) = settings.http.token_signing_keys
    paths = [str(ROOT / "functions/click"), str(ROOT / "layers/tapstack/python")]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", CLICK],
        input=json.dumps(event),
        capture_output=True,
        text=True,
        env={**os.environ, **DEFAULTS, **names, "TOKEN_SIGNING_KEY": key, "PYTHONPATH": os.pathsep.join(paths)},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    status, modules = json.loads(done.stdout.splitlines()[-1])
    return status, set(modules)
