"""The operator's command line, over real stores: what each command does, and what it refuses to do unasked."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from support.cli import Run, said
from support.game import Game
from tapstack.broadcasts import driving as broadcasts
from tapstack.broadcasts.model import Audience, Content, Outcome
from tapstack.cli import cli, root
from tapstack.cli.game import QUEUES, find
from tapstack.factions import joining
from tapstack.factions.model import Faction, Membership, Role, StoredMembership
from tapstack.platform.settings import TableSettings
from tapstack.play import redis_keys as keys
from tapstack.play.saving import sync_all
from tapstack.players.model import ModerationStatus
from tapstack.players.rules.identity import bucket_of
from tapstack.privacy.erasure import erase
from tapstack.telegram.model import Chat


def test_every_command_has_help() -> None:
    context = click.Context(cli)
    for name in ["", *cli.list_commands(context)]:
        result = CliRunner().invoke(cli, [*name.split(), "--help"])
        assert result.exit_code == 0
        assert f"Usage: cli {name}".rstrip() in result.output
    commands = [cli.get_command(context, name) for name in cli.list_commands(context)]
    assert all(command and command.help for command in commands)


def test_every_command_of_a_module_is_on_the_command_line() -> None:
    """The command line names them itself, to load no module but the one of the command that is run."""
    modules = {path.stem for path in Path(root.__file__).parent.glob("*.py") if "\nCOMMANDS = " in path.read_text()}
    assert modules == set(root.MODULES)
    for module, names in root.MODULES.items():
        assert tuple(command.name for command in importlib.import_module(f"tapstack.cli.{module}").COMMANDS) == names


def test_find_takes_whatever_an_operator_has(game: Game, run: Run) -> None:
    ada = game.sign_in(4711, first_name="Ada")
    game.sign_in(2, first_name="Bob")
    game.call("players", "PATCH", "/players/me", {"username": "countess"}, headers=ada.headers)
    for text in (ada.id, "4711", "@Countess", "count", "ada", ada.opened["player"]["ref_code"]):
        assert [row["id"] for row in said(run("find", text))] == [ada.id], text
    assert said(run("find", "nobody")) == []
    assert ada.id in run("find", "ada", plain=True).output


def test_find_and_list_show_the_score(game: Game, run: Run) -> None:
    ada = game.sign_in(1, first_name="Ada")
    ada.tap(450)
    game.sign_in(2, first_name="Bob")
    assert [row["score"] for row in said(run("find", ada.id))] == [450]
    assert sorted(row["score"] for row in said(run("list"))) == [0, 450]


def test_show_is_a_summary_for_people_and_everything_for_programs(game: Game, run: Run) -> None:
    ada, bob = game.sign_in(1, first_name="Ada"), game.sign_in(2, first_name="Bob")
    ada.tap(20)
    bob.tap(30)
    game.run("sync")
    run("ban", ada.id, "--shadow", "--reason", "sold taps")
    shown = dict(line.split("  ", 1) for line in run("show", ada.id, plain=True).stdout.splitlines())
    facts = {name.strip(): value.strip() for name, value in shown.items()}
    assert (facts["player"], facts["name"], facts["score"]) == (ada.id, "Ada", "20")
    assert (facts["sessions"], facts["flags"]) == ("1, 1 open", "shadow; sold taps")
    assert facts["last tap"].startswith("20")
    assert len(shown) < 15
    assert {"account", "sessions", "decisions", "messages"} <= set(said(run("show", ada.id)))


def test_unknown_audience_is_answered_by_those_there_are(run: Run) -> None:
    refused = run("broadcast", "start", "--text-en", "hi", "--audience", "everybody", code=1).stderr
    assert "there are all, active-since=DAYS, language=xx, and players=PLAYER" in refused


def test_list_is_paged(game: Game, run: Run) -> None:
    ids = {game.sign_in(n).id for n in range(1, 6)}
    first = run("list", "--limit", "3")
    cursor = first.stderr.split()[-1]
    second = run("list", "--limit", "3", "--cursor", cursor)
    assert {row["id"] for row in said(first)} | {row["id"] for row in said(second)} == ids


def test_ban_asks_and_is_put_down(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    run("ban", ada.id, "--reason", "sold taps", ask="n\n", code=1)
    assert game.stores.players.get(ada.id).status is ModerationStatus.GOOD
    run("ban", ada.id, "--reason", "sold taps", ask="y\n")
    assert game.stores.players.get(ada.id).status is ModerationStatus.BANNED
    assert [row["reasons"] for row in said(run("list", "--status", "banned"))] == ["sold taps"]
    run("unban", ada.id, "--reason", "a mistake")
    decisions = said(run("show", ada.id))["decisions"]
    assert [(d["action"], d["reason"]) for d in decisions] == [("good", "a mistake"), ("banned", "sold taps")]
    assert game.stores.audit.entries(ada.id)[0].operator == "grace"


def test_adjust_is_saved_audited_and_leaves_the_day_alone(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    ada.tap(50)
    for by, clicks in (("25", 75), ("-30", 45), ("-1000", 0), ("7", 7)):
        assert said(run("adjust", ada.id, by, "--reason", "a test"))["clicks"] == clicks
        saved = game.stores.counters.get(ada.id)
        assert saved is not None
        assert saved.clicks == clicks
    assert game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers).body["clicks"] == 7
    day = game.call("leaderboard", "GET", "/leaderboard/me", headers=ada.headers, query={"period": "day"})
    assert day.body["clicks"] == 50
    assert ada.tap(53).body["clicks"] == 10
    assert [n.data for n in game.stores.audit.entries(ada.id)] == [{"by": 7}, {"by": -1000}, {"by": -30}, {"by": 25}]


def test_adjust_reaches_a_player_who_is_away(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    ada.tap(50)
    game.run("sync")
    game.stores.redis.flushall()
    game.run("sync")
    assert said(run("adjust", ada.id, "5", "--reason", "a test"))["clicks"] == 55
    assert run("verify").exit_code == 0


def test_whitelist_takes_a_file(game: Game, run: Run, tmp_path: Path) -> None:
    ids = [game.sign_in(n).id for n in range(1, 4)]
    listed = tmp_path / "friends.txt"
    listed.write_text("# friends\n" + "\n".join([*ids[:2], "f" * 16, ""]))
    assert said(run("whitelist", str(listed))) == {"changed": 2, "unknown": ["f" * 16]}
    assert [game.stores.players.get(i).whitelisted for i in ids] == [True, True, False]


def test_delete_asks_and_can_be_done_again(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    run("delete", ada.id, "--reason", "asked", ask="n\n", code=1)
    for _ in range(2):
        assert said(run("delete", ada.id, "--reason", "asked")) == {"id": ada.id, "erased": True}
        assert ada.beat().status == 404
    erase(game.stores, ada.id)
    assert said(run("delete", ada.id, "--reason", "asked")) == {"id": ada.id, "erased": False}
    assert "player_unknown" in run("show", ada.id, code=1).stderr


def test_export_writes_a_file(game: Game, run: Run, tmp_path: Path) -> None:
    ada = game.sign_in(1)
    run("export", ada.id, "--to", str(tmp_path / "ada.json"))
    assert json.loads((tmp_path / "ada.json").read_text())["account"]["id"] == ada.id


def test_rename_is_put_down(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    assert said(run("rename", ada.id, "countess", "--reason", "asked for it"))["username"] == "countess"
    assert game.stores.audit.entries(ada.id)[0].data == {"old": None, "new": "countess"}
    assert "validation_failed" in run("rename", ada.id, "no!", "--reason", "x", code=1).stderr


def test_seeded_game_is_whole(game: Game, run: Run) -> None:
    game.run("sync")
    assert said(run("seed", "60")) == {"made": 60}
    assert said(run("verify")) == []
    game.stores.redis.delete("board:all", "board:lease")
    assert len(said(run("board"))) == 20
    assert len(said(run("board", "--period", "week"))) == 20
    assert said(run("metrics"))["players"] == 60
    game.stores.redis.flushall()
    game.run("sync")
    assert said(run("verify")) == []


def test_verify_names_differences_and_repair_corrects_them(game: Game, run: Run) -> None:
    run("seed", "20")
    players = [row["id"] for row in said(run("list"))]

    def board(player_id: str) -> str:
        return keys.SCORES[bucket_of(player_id, game.stores.settings.play.buckets)]

    total = said(run("metrics"))["clicks"]
    game.stores.redis.zrem(board(players[0]), players[0])
    game.stores.redis.zadd(board(players[1]), {players[1]: 3.5})
    found = {row["id"]: row["what"] for row in said(run("verify", code=1))}
    assert found == {players[0]: "missing on the board", players[1]: "clicks on the board"}
    run("repair", ask="n\n", code=1)
    assert said(run("repair")) == {"corrected": 2}
    assert said(run("verify")) == []
    assert total > 0


def test_unsaved_taps_are_no_difference(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    ada.tap(10)
    sync_all(game.stores, lambda: 60_000)
    ada.tap(20)
    assert said(run("verify")) == []


def test_referrals_are_shown_and_verified(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    bob = game.sign_in(2, start_param=f"ref_{ada.opened['player']['ref_code']}")
    assert [row["id"] for row in said(run("referrals", ada.id))] == [bob.id]
    assert said(run("referrals", ada.id, "--verify"))["same"]
    game.stores.players.change(ada.id, direct_referrals=9)
    assert not said(run("referrals", ada.id, "--verify", code=1))["same"]


def test_remaining_reads_answer(game: Game, run: Run) -> None:
    for command in (["archive"], ["fame"], ["metrics", "--history", "5"], ["messages", "1"]):
        assert said(run(*command)) == []


def chat(game: Game, user_id: int, **fields: Any) -> str:
    """Somebody who plays and has the bot."""
    player = game.sign_in(user_id)
    game.stores.conversations.save(Chat(user_id, **fields), 0)
    return player.id


def test_dry_run_of_a_broadcast_counts_shows_and_sends_nothing(game: Game, run: Run) -> None:
    ada, oleg = chat(game, 1), chat(game, 2, language="ru")
    chat(game, 3, notify=False)
    options = ("--text-en", "<b>news</b>", "--text-ru", "новости", "--dry-run", "--audience")
    found = said(run("broadcast", "start", *options, "all"))
    assert found == {
        "recipients": 2,
        "by_language": {"en": 1, "ru": 1},
        "skipped": {"muted": 1},
        "texts": {"en": "<b>news</b>", "ru": "новости"},
    }
    for audience, count in (("language=ru", 1), (f"players={ada},{oleg}", 2), ("active-since=7", 0)):
        assert said(run("broadcast", "start", *options, audience))["recipients"] == count
    assert game.stores.outbox.waiting() == 0
    assert said(run("broadcast", "list")) == []


def test_dry_run_to_oneself_sends_each_text_to_that_chat_alone(
    game: Game, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcasts, "PREVIEW_WITHIN_S", 0)
    chat(game, 1)
    texts = ("--text-en", "a", "--text-ru", "b")
    refused = run("broadcast", "start", *texts, "--audience", "all", "--to-me", "4711", code=1)
    assert "preview in ru: unknown" in refused.stderr, "no sender is at work here"
    calls = game.stores.redis.hvals("{outbox}:calls")
    assert len(calls) == 2
    assert all('"chat_id":4711' in call for call in calls)


BUTTON = ("--button-en", "Play -> web_app:https://a.example/app/")


def test_buttons_and_picture_are_shown_before_they_are_sent(
    game: Game, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat(game, 1, blocked=True)
    chat(game, 2, language="ru", blocked=True)
    outcome = Outcome.FAILED

    def preview(*_: object, **__: object) -> dict[str, tuple[Outcome, str]]:
        return {"en": (outcome, "a reason" if outcome is Outcome.FAILED else "")}

    monkeypatch.setattr(broadcasts, "preview", preview)
    rich = ("broadcast", "start", "--text-en", "hi", *BUTTON, "--photo", "https://a.example/p.png", "--audience", "all")
    shown = {"texts": {"en": "hi"}, "buttons": {"en": [BUTTON[1]]}, "photo": "https://a.example/p.png"}
    assert shown.items() <= said(run(*rich, "--dry-run")).items()
    assert "--preview-to" in run(*rich, code=1).stderr
    refused = run(*rich, "--preview-to", "4711", code=1).stderr
    assert ("preview in en: failed, a reason" in refused, "preview_failed" in refused) == (True, True)
    assert said(run("broadcast", "list")) == []
    outcome = Outcome.SENT
    for options in (("--preview-to", "4711"), ("--no-preview",)):
        report = said(run(*rich, *options))
        assert (report["state"], shown.items() <= report.items()) == ("finished", True)


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--button-en", "Play"),
        ("--button-ru", BUTTON[1]),
        ("--photo", "p.png"),
        ("--text-en", "<b>never closed"),
        ("--text-ru", "<br>"),
        ("--text-en", "x" * 4_097),
        ("--text-en", "@/nowhere"),
        ("--audience", "everybody"),
        ("--audience", "active-since=x"),
        ("--audience", "players="),
        ("--audience", "players=nobody"),
        ("--pace", "25"),
    ],
)
def test_broken_broadcast_is_refused_before_anything_is_sent(game: Game, run: Run, option: str, given: str) -> None:
    chat(game, 1)
    options = {"--text-en": "hello", "--audience": "all", option: given}
    run("broadcast", "start", *(part for pair in options.items() for part in pair), code=1)
    assert (game.stores.outbox.waiting(), game.stores.broadcasts.all()) == (0, [])


def test_broadcast_asks_is_listed_and_shown(game: Game, run: Run, tmp_path: Path) -> None:
    chat(game, 1, blocked=True)
    text = tmp_path / "news.html"
    text.write_text("1 < 2")
    start = ("broadcast", "start", "--text-en", f"@{text}", "--plain", "--audience", "all")
    run(*start, ask="n\n", code=1)
    assert said(run("broadcast", "list")) == []
    report = said(run(*start))
    assert (report["state"], report["operator"], report["texts"]) == ("finished", "grace", {"en": "1 &lt; 2"})
    assert (report["sent"], report["skipped"]) == (0, {"blocked": 1})
    assert [row["id"] for row in said(run("broadcast", "list"))] == [report["id"]]
    assert said(run("broadcast", "show", report["id"])) == report
    assert "blocked: 1" in run("broadcast", "show", report["id"], plain=True).stdout
    assert "not_running" in run("broadcast", "stop", report["id"], code=1).stderr
    assert "not_resumable" in run("broadcast", "resume", report["id"], code=1).stderr
    assert "broadcast_unknown" in run("broadcast", "show", "nothing", code=1).stderr


def test_broadcast_that_has_lost_its_process_says_so_and_is_stopped(game: Game, run: Run) -> None:
    broadcast = broadcasts.start(game.stores, Content({"en": "x"}, {}), audience=Audience(), pace=1, operator="x")
    assert said(run("broadcast", "show", broadcast.id))["state"] == "running"
    broadcast.alive_until_ms = 0
    game.stores.broadcasts.save(broadcast)
    assert said(run("broadcast", "show", broadcast.id))["state"] == "interrupted"
    stopped = run("broadcast", "stop", broadcast.id)
    assert said(stopped)["state"] == "stopped"
    assert f"broadcast resume {broadcast.id}" in stopped.stderr
    assert said(run("broadcast", "resume", broadcast.id))["state"] == "finished"


def test_interrupted_command_stops_the_broadcast(game: Game, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(broadcasts, "drive", interrupt)
    chat(game, 1)
    assert said(run("broadcast", "start", "--text-en", "x", "--audience", "all"))["state"] == "stopped"


def test_game_that_runs_here_is_found_by_its_run_file(
    game: Game, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, aws_endpoint: str
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    answer = CliRunner().invoke(cli, ["--state", str(tmp_path), "metrics"])
    assert (answer.exit_code, "make up" in answer.stderr) == (1, True)
    content = {"redis_url": game.stores.settings.redis.url, "aws_endpoint_url": aws_endpoint}
    (tmp_path / "run.json").write_text(json.dumps(content))
    for name, _ in TableSettings.settings():
        monkeypatch.setenv(f"{name.upper()}_TABLE", game.stores.settings.tables.name_of(name))
    for variable in QUEUES:
        monkeypatch.setenv(variable, game.stores.settings.values[variable])
    answer = CliRunner().invoke(cli, ["--json", "--state", str(tmp_path), "metrics"])
    assert json.loads(answer.stdout)["players"] == 0


def test_game_that_runs_here_is_asked_with_its_own_key(
    game: Game, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, aws_endpoint: str
) -> None:
    """Its emulator takes no other; a developer's own AWS profile is for somewhere else."""
    monkeypatch.delenv("REDIS_URL", raising=False)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "of-the-developer")
    run_file = {"redis_url": game.stores.settings.redis.url, "aws_endpoint_url": aws_endpoint}
    run_file |= {"aws_credentials": "secrets.json", "live_endpoint": "http://127.0.0.1:1/live"}
    (tmp_path / "run.json").write_text(json.dumps(run_file))
    (tmp_path / "secrets.json").write_text('{"AWS_ACCESS_KEY_ID": "local1", "AWS_SECRET_ACCESS_KEY": "s"}')
    for name, _ in TableSettings.settings():
        monkeypatch.setenv(f"{name.upper()}_TABLE", game.stores.settings.tables.name_of(name))
    for variable in QUEUES:
        monkeypatch.setenv(variable, game.stores.settings.values[variable])
    found = find(os.environ, state=tmp_path, stack="")
    assert found.settings.live.socket_endpoint == "http://127.0.0.1:1/live"
    assert (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]) == ("local1", "s")
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN"} & os.environ.keys()


@pytest.mark.parametrize(
    ("there", "stack", "expected"),
    [
        (["PlayersTable", "Other"], "", "PlayersTable"),
        (["tapstack-PlayersTable-1A2B"], "", "tapstack-PlayersTable-1A2B"),
        (["a-PlayersTable-1", "b-PlayersTable-2"], "b", "b-PlayersTable-2"),
        (["a-PlayersTable-1", "b-PlayersTable-2"], "", None),
        (["MyPlayersTable"], "", None),
    ],
)
def test_table_is_known_by_its_name_in_the_template(there: list[str], stack: str, expected: str | None) -> None:
    from tapstack.cli.game import NoGame, one_of

    if expected is None:
        with pytest.raises(NoGame):
            one_of("PlayersTable", there, stack)
    else:
        assert one_of("PlayersTable", there, stack) == expected


def test_faction_is_renamed_and_dissolved(game: Game, run: Run) -> None:
    ada = game.sign_in(1)
    leader = joining.new_member(game.stores, ada.id, Role.LEADER)
    founded = Faction(id="f" * 12, name="Foxes", created_at_ms=1, code="x" * 10, members={ada.id: leader})
    changes = game.stores.factions.founded(founded, StoredMembership(ada.id), Membership(faction=founded.id))
    assert game.stores.factions.write(changes)
    why = ("--reason", "rude")
    refused = run("faction", "rename", "Owls", "Red Foxes", *why, plain=True, code=1)
    assert refused.output == "Error: faction_unknown: there is no such faction\n"
    renamed = said(run("faction", "rename", "foxes", " Red  Foxes", *why))
    assert renamed == {"id": founded.id, "name": "Red Foxes"}
    assert "1 members, for good?" in run("faction", "dissolve", founded.id, *why, ask="n\n", code=1).output
    assert game.stores.factions.named("Red Foxes") == founded.id
    assert said(run("faction", "dissolve", founded.id, *why))["dissolved"] is True
    assert game.stores.factions.named("Red Foxes") is None
    assert not game.stores.factions.membership(ada.id).membership.faction
    done = [(one.action, one.operator, one.reason) for one in game.stores.audit.entries(ada.id)]
    assert done == [("dissolve_faction", "grace", "rude"), ("rename_faction", "grace", "rude")]
