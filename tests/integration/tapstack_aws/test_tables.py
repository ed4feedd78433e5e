"""A table that goes back to what another holds."""

from __future__ import annotations

import boto3
import pytest
from support.game import Game, create_aws, make_settings
from tapstack_aws import tables
from tapstack_build.errors import DeployError


def test_table_goes_back_to_what_was_restored(game: Game, redis_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """More items than a call or a page takes, some newer and some changed since; DynamoDB's reserved words as keys."""
    restored, live = create_aws(make_settings(redis_url)), game.stores.settings
    dynamodb = boto3.resource("dynamodb")
    past = [{"kind": "day", "name": f"{n:03}", "rows": n} for n in range(60)]
    with dynamodb.Table(restored.tables.boards).batch_writer() as batch:
        for item in past:
            batch.put_item(Item=item)
    with dynamodb.Table(live.tables.boards).batch_writer() as batch:
        for n in range(30, 90):
            batch.put_item(Item={"kind": "day", "name": f"{n:03}", "rows": 0})
    for deleted in (30, 0):
        assert tables.main([restored.tables.boards, live.tables.boards]) == 0
        assert f"the 60 items of {restored.tables.boards}; {deleted} others" in capsys.readouterr().out
        assert sorted(dynamodb.Table(live.tables.boards).scan()["Items"], key=lambda i: str(i["name"])) == past


def test_wrong_table_is_refused_before_anything_changes(game: Game, redis_url: str) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    game.run("sync")
    empty, live, dynamodb = create_aws(make_settings(redis_url)), game.stores.settings, boto3.resource("dynamodb")
    with pytest.raises(DeployError, match="different keys"):
        tables.refill(dynamodb, live.tables.boards, live.tables.players)
    with pytest.raises(DeployError, match="is empty"):
        tables.refill(dynamodb, empty.tables.counters, live.tables.counters)
    assert game.stores.counters.get(ada.id)


def test_absent_table_is_named(game: Game, capsys: pytest.CaptureFixture[str]) -> None:
    assert tables.main(["no-such-table", game.stores.settings.tables.players]) == 1
    assert "error: fix this and run the command again" in capsys.readouterr().err
    assert tables.main([]) == 1


def test_counters_go_back_in_time_as_the_runbook_says(game: Game) -> None:
    """MiniStack restores what the table holds at the moment; the damage comes after that."""
    ada, dynamodb, live = game.sign_in(1), boto3.client("dynamodb"), game.stores.settings.tables.counters
    ada.tap(9)
    game.run("sync")
    dynamodb.update_continuous_backups(
        TableName=live, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    restored = f"{live}-restored"
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=live, TargetTableName=restored, UseLatestRestorableTime=True
    )
    dynamodb.get_waiter("table_exists").wait(TableName=restored)
    dynamodb.put_item(TableName=live, Item={"id": {"S": ada.id}, "clicks": {"N": "1000000"}})
    assert tables.main([restored, live]) == 0
    game.stores.redis.flushall()
    assert ada.reopen().opened["taps"] == 9
    assert ada.tap(12).body["clicks"] == 12
