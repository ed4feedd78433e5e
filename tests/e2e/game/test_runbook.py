"""Rehearses docs/runbook.md on MiniStack through CloudFormation: redeploys while players play."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from e2e.game.places import SETTINGS, Player, Target, deploy, ministack
from support.identity import BOT_TOKEN, init_data
from support.servers import ROOT, redis_server
from support.waiting import wait_until
from tapstack_build.errors import DeployError
from tapstack_local.template.source import load
from tapstack_localstack.deployment.endpoint import Endpoint
from tapstack_localstack.deployment.stack import Stack
from telegram_local.testing import LocalTelegram

BOARD_S = 180
"""The loss of Redis is noticed when somebody taps, or by the schedule within a minute."""

OLD_KEY, NEW_KEY = SETTINGS["TOKEN_SIGNING_KEY"], "signing-key-that-comes-after-it"
NEW_BOT = "7000000001:AAEbot_token_that_comes_after_the_first"
PATIENT = {"SESSION_IDLE_S": "3600"}
"""No session ends by itself while a deployment runs."""

Redeploy = Callable[..., Target]


@pytest.fixture(scope="module")
def redeploy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redeploy]:
    """Updates this module's stack in place; what is deployed already stays as it is."""
    folder: Path = tmp_path_factory.mktemp("runbook")
    with ministack(folder, PATIENT) as target:
        deployed: dict[str, str] | None = {}
        redis_url = target.redis_url

        def redeploy(**changes: str) -> Target:
            nonlocal target, deployed
            if changes != deployed:
                deployed = None  # until this one is done
                target = deploy(target.name, folder, target.endpoint_url, redis_url, PATIENT | changes)
                deployed = changes
            return target

        yield redeploy


def save(target: Target, players: dict[Player, int]) -> None:
    """Requests syncs until every player is saved with the expected score."""
    sqs, queue = target.client("sqs"), target.queue("SyncQueue")

    def saved() -> bool:
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"kind": "sync"}))
        return all(target.saved(player) == clicks for player, clicks in players.items())

    wait_until("everybody is saved", saved, within_s=BOARD_S, every_s=1)


def stored(target: Target) -> tuple[int, int]:
    """The number of saved players in DynamoDB, and their total score."""
    rows = target.client("dynamodb").scan(TableName=target.table("CountersTable"), ConsistentRead=True)["Items"]
    return len(rows), sum(int(row["clicks"]["N"]) for row in rows)


def test_keys_and_tokens_are_rotated_and_nobody_is_logged_out(redeploy: Redeploy) -> None:
    target = redeploy()
    ada = target.sign_in()
    assert ada.tap(5).status == 200

    both = redeploy(TOKEN_SIGNING_KEY=f"{NEW_KEY},{OLD_KEY}", TELEGRAM_BOT_TOKEN=f"{NEW_BOT},{BOT_TOKEN}")
    assert both.base_url == target.base_url
    assert ada.tap(8).body["clicks"] == 8
    bob, cyd = both.sign_in(bot_token=NEW_BOT), both.sign_in(bot_token=BOT_TOKEN)
    assert [player.tap(3).status for player in (bob, cyd)] == [200, 200]

    new = redeploy(TOKEN_SIGNING_KEY=NEW_KEY, TELEGRAM_BOT_TOKEN=NEW_BOT)
    assert [player.tap(6).body["clicks"] for player in (bob, cyd)] == [6, 6]
    over = ada.tap(11)
    assert (over.status, over.body["error"]["code"]) == (401, "token_invalid")
    stale = {"Authorization": f"tma {init_data(ada.user_id)}"}
    assert new.call("POST", "/sessions", {"session_id": ada.session_id}, stale).status == 401
    ada.bot_token = NEW_BOT
    assert (ada.open().status, ada.opened["taps"]) == (200, 8)
    assert ada.tap(11).body["clicks"] == 11

    old = redeploy()  # a rollback: state stays where it is
    ada.bot_token = BOT_TOKEN
    assert (ada.open().status, ada.opened["taps"], old.base_url) == (200, 11, new.base_url)


def test_more_buckets_lose_no_tap_and_count_none_twice(redeploy: Redeploy) -> None:
    """In another cache: functions that still run with the old number would rebuild their boards in a shared one."""
    target = redeploy()
    players = {target.sign_in(): 20 + n for n in range(12)}
    for player, taps in players.items():
        assert player.tap(taps).body["clicks"] == taps
    save(target, players)
    late = next(iter(players))
    players[late] += 7
    assert late.tap(players[late]).status == 200
    with redis.Redis.from_url(target.redis_url) as cache:
        cache.flushall()  # usually before a sync has seen these taps, as if the pause had been too short

    with redis_server() as new_cache:
        redeploy(BUCKETS="37", REDIS_URL=new_cache)
        for player in players:
            again = player.open()
            assert (again.status, again.body["taps"]) == (200, target.saved(player))
        assert {player: player.tap(taps).body["clicks"] for player, taps in players.items()} == players
        save(target, players)

        def whole() -> bool:
            board = target.call("GET", "/leaderboard").body
            found = {entry["id"]: entry["clicks"] for entry in board["entries"]}
            exact = (board["total_players"], board["total_clicks"]) == stored(target)
            return exact and not board["rebuilding"] and all(found.get(p.id) == n for p, n in players.items())

        wait_until("the board is whole and exact", whole, within_s=BOARD_S, every_s=1)
        redeploy()  # back to the first Redis while the new one still answers


def test_first_deployment_that_fails_leaves_nothing(redeploy: Redeploy) -> None:
    """Even a table that outlives its stack is deleted after a failed creation."""
    endpoint = Endpoint(redeploy().endpoint_url)
    table = {**load(ROOT / "template.yaml")["Resources"]["UniquesTable"]}
    table["Properties"] = {**table["Properties"], "TableName": "half-made"}
    del table["Properties"]["SSESpecification"]
    config = {"Comment": "", "Runtime": "cloudfront-js-2.0"}
    named = {"Name": "twice", "FunctionConfig": config, "FunctionCode": "function handler(e) { return e.request; }"}
    function = {"Type": "AWS::CloudFront::Function", "Properties": named}
    resources = {"T": table, "F": {**function, "DependsOn": "T"}, "Again": {**function, "DependsOn": "F"}}
    body = json.dumps({"Resources": resources}).encode()
    endpoint.client("s3").put_object(Bucket="tapstack-artifacts", Key="half.json", Body=body)
    stack = Stack(endpoint, "half")
    with pytest.raises(
        DeployError, match=r"half could not be created.*are deleted:\n.*Again \(AWS::CloudFront::Function\)"
    ):
        stack.deploy(f"{endpoint.url}/tapstack-artifacts/half.json", {}, "c1")
    assert stack.status() in ("", "DELETE_COMPLETE")
    assert "half-made" not in endpoint.client("dynamodb").list_tables()["TableNames"]


def test_deployment_sets_the_bot_up_where_telegram_sees_it(redeploy: Redeploy) -> None:
    """As docker-compose.yml requests: only the deployment knows the API's id in time."""
    with LocalTelegram(token=BOT_TOKEN, username="tapstack_test_bot") as telegram:
        endpoint = redeploy().endpoint_url
        redeploy(TELEGRAM_API_BASE=telegram.url, TELEGRAM_WEBHOOK_HOST=endpoint.replace("127.0.0.1", "localhost"))
        ada = telegram.user(77_001)
        ada.start()
        ada.wait_for_text("What should the leaderboard call you?", timeout_s=90)
