"""What DynamoDB acknowledged is there after a kill, under load and whatever the moment."""

import time
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from support.racing import beside
from tapstack_local.testing import Game

WRITERS = 4
KILLS = 4


class Writer:
    """Adds 1 to an item of its own; knows what was acknowledged and what is in doubt."""

    def __init__(self, name: str, arguments: dict[str, Any]) -> None:
        self.name = name
        config = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5)
        self._client = boto3.client("dynamodb", config=config, **arguments)
        self.acknowledged = self.doubtful = 0

    def write(self) -> None:
        try:
            self._client.update_item(
                TableName="tapstack-ItemsTable",
                Key={"pk": {"S": self.name}},
                UpdateExpression="ADD n :one",
                ExpressionAttributeValues={":one": {"N": "1"}},
            )
            self.acknowledged += 1
        except (BotoCoreError, ClientError):
            self.doubtful += 1
            time.sleep(0.02)  # nobody is there: not to ask thousands of times


def kill_after_some_writes(game: Game, writers: list[Writer]) -> None:
    goals = [writer.acknowledged + 50 for writer in writers]

    def reached() -> bool:
        return all(writer.acknowledged > goal for writer, goal in zip(writers, goals, strict=True))

    game.wait_for(reached, what="some writes")
    pid = game.kill("ministack")
    game.wait_for(lambda: game.pid("ministack") != pid, what="a new MiniStack")


def test_no_acknowledged_write_is_lost_by_kills_under_load(lasting: Game) -> None:
    writers = [Writer(f"w{number}", lasting.client_arguments()) for number in range(WRITERS)]
    with beside(*(writer.write for writer in writers)):
        for _ in range(KILLS):
            kill_after_some_writes(lasting, writers)
    lasting.restart()
    dynamodb = boto3.client("dynamodb", **lasting.client_arguments())
    for writer in writers:
        item = dynamodb.get_item(TableName="tapstack-ItemsTable", Key={"pk": {"S": writer.name}})["Item"]
        stored = int(item["n"]["N"])
        assert writer.acknowledged <= stored <= writer.acknowledged + writer.doubtful


def test_journals_do_not_pile_up(lasting: Game) -> None:
    """Each save makes the journals before it superfluous."""
    folder = lasting.state_dir / "ministack"
    dynamodb = boto3.client("dynamodb", **lasting.client_arguments())

    def second_save() -> bool:
        dynamodb.put_item(TableName="tapstack-ItemsTable", Item={"pk": {"S": "x"}})
        numbers = [int(path.stem.partition("-")[2]) for path in folder.glob("journal-*.jsonl")]
        return len(numbers) == 1 and numbers[0] >= 3

    lasting.wait_for(second_save, what="the journal after the second save")


def test_save_that_fails_loses_nothing(toy: Game) -> None:
    """MiniStack logs that it can't write its state, as on a full disk, and goes on as if it had."""
    toy.start()
    folder = toy.state_dir / "ministack"
    (folder / "dynamodb.json.tmp").mkdir()
    writer = Writer("w", toy.client_arguments())

    def three_attempts() -> bool:
        writer.write()
        return len(list(folder.glob("journal-*.jsonl"))) >= 4

    toy.wait_for(three_attempts, what="attempts to save")
    pid = toy.kill("ministack")
    toy.wait_for(lambda: toy.pid("ministack") != pid, what="a new MiniStack")
    assert stored(toy, "w") == writer.acknowledged
    toy.restart()
    assert stored(toy, "w") == writer.acknowledged


def stored(toy: Game, name: str) -> int:
    dynamodb = boto3.client("dynamodb", **toy.client_arguments())

    def read() -> int | None:
        try:
            item = dynamodb.get_item(TableName="tapstack-ItemsTable", Key={"pk": {"S": name}})["Item"]
        except BotoCoreError:  # not there yet
            return None
        return int(item["n"]["N"])

    found = toy.wait_for(read, what="the tables")
    assert found is not None
    return found


def test_damaged_snapshot_starts_no_empty_game(toy: Game) -> None:
    toy.start()
    Writer("w", toy.client_arguments()).write()
    toy.stop()
    snapshot = toy.state_dir / "ministack" / "dynamodb.json"
    snapshot.write_bytes(snapshot.read_bytes()[:-100])
    toy.start(wait=False)
    assert toy.wait_exit() == 1
    assert "restore a backup" in toy.console.read_text()
