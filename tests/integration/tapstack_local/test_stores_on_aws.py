"""A game with STORES=aws, on an AWS that is an emulator under AWS's own settings for the endpoints of services."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import boto3
from support.identity import BOT_TOKEN
from support.one_server import SETTINGS, operate, verify
from support.servers import ROOT, ministack
from support.waiting import wait_until
from tapstack_local.testing import Game

REGION = "eu-central-1"


def test_game_finds_its_stores_on_aws_and_creates_none(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for name in ("template.yaml", "functions", "layers"):
        (root / name).symlink_to(ROOT / name)
    with ministack() as endpoint:
        aws = {
            "STORES": "aws",
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
            "AWS_ENDPOINT_URL_SQS": endpoint,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        }
        game = Game(root, tmp_path / "state", SETTINGS | aws | {"WEB_WORKERS": "1"})
        game.start(wait=False)
        assert game.wait_exit() == 1
        assert "create-stores" in game.console.read_text()
        done = operate(game.state_dir, "create-stores", "--root", str(root), environment=aws)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["Version"] == "2012-10-17"
        with game:
            assert "ministack" not in game.run["processes"]
            play(game)
            wait_until("the save", lambda: saved(endpoint) == 9)
            done = verify(game, aws)
            assert done.returncode == 0, done.stdout + done.stderr
            assert operate(game.state_dir, "backup", str(tmp_path / "archives")).returncode == 0


def play(game: Game) -> None:
    assert game.secret("TELEGRAM_BOT_TOKEN") == BOT_TOKEN
    headers = {"Content-Type": "application/json", "Authorization": f"tma {game.init_data(1, 'Ada')}"}
    body = json.dumps({"session_id": str(uuid.uuid4())}).encode()
    opened = game.request("POST", "/sessions", body, headers)
    assert opened.status == 201, opened.body
    headers["Authorization"] = f"Bearer {opened.json()['token']}"
    assert game.request("POST", "/clicks", b'{"taps": 9}', headers).json()["clicks"] == 9


def saved(endpoint: str) -> int:
    client = boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    items = client.scan(TableName="tapstack-CountersTable", ConsistentRead=True)["Items"]
    return sum(int(item["clicks"]["N"]) for item in items)
