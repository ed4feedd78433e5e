"""Writing a backup and restoring it: everything or nothing, whatever the archive and whenever it is interrupted."""

from __future__ import annotations

import fcntl
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tapstack_local.backups import archive, restore
from tapstack_local.backups.archive import write
from tapstack_local.backups.restore import refuse_unfinished
from tapstack_local.backups.snapshot import open_state
from tapstack_local.errors import OperationError, StartError
from tapstack_local.state_lock import lock

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A stopped game's folder: a snapshot that the journals from 3 on follow."""
    folder = tmp_path / "state"
    (folder / "ministack").mkdir(parents=True)
    (folder / "redis").mkdir()
    files = {
        "secrets.json": '{"TOKEN_SIGNING_KEY": "k"}',
        "ministack/dynamodb.json": '{"__ministack_format__": 2, "payload": {"tables": {}, "faas_journal": 3}}',
        "ministack/journal-2.jsonl": "covered by the snapshot\n",
        "ministack/journal-3.jsonl": "three\n",
        "ministack/journal-4.jsonl": "four\n",
        "redis/appendonly.aof": "of another moment",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def backup(state: Path, folder: Path, now: datetime = NOW, keep: int = 0) -> Path:
    with open_state(state) as parts:
        return write(parts, folder, now, keep=keep)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_restored_state_is_the_snapshot_what_follows_it_and_the_secrets(state: Path, tmp_path: Path) -> None:
    path = backup(state, tmp_path / "archives")
    assert restore.restore(path, tmp_path / "new", NOW) is None
    kept = contents(state)
    wanted = ("secrets.json", "ministack/dynamodb.json", "ministack/journal-3.jsonl", "ministack/journal-4.jsonl")
    assert contents(tmp_path / "new") == {name: kept[name] for name in wanted}
    assert path.name == "tapstack-20261122T010203Z.zip"
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "new/secrets.json").stat().st_mode & 0o077 == 0


def test_restore_keeps_the_state_that_was_there(state: Path, tmp_path: Path) -> None:
    path = backup(state, tmp_path / "archives")
    (state / "ministack/journal-4.jsonl").write_text("played on\n")
    before = contents(state)
    kept = restore.restore(path, state, NOW)
    assert kept is not None
    assert contents(kept) == before
    assert contents(state)["ministack/journal-4.jsonl"] == "four\n"
    assert "redis/appendonly.aof" not in contents(state)


def test_backup_goes_on_with_a_newer_snapshot_that_replaces_the_one_it_has_opened(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tapstack_local.backups import snapshot

    first_journal = snapshot._first_journal
    saved: list[bool] = []

    def save_meanwhile(file: object) -> int:
        if not saved:
            saved.append(True)
            newer = state / "ministack/dynamodb.json.tmp"
            newer.write_text('{"payload": {"tables": {"new": 1}, "faas_journal": 5}}')
            newer.replace(state / "ministack/dynamodb.json")
            for number in (2, 3, 4):
                (state / f"ministack/journal-{number}.jsonl").unlink()
            (state / "ministack/journal-5.jsonl").write_text("five\n")
        return first_journal(file)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshot, "_first_journal", save_meanwhile)
    path = backup(state, tmp_path / "archives")
    restore.restore(path, tmp_path / "new", NOW)
    found = contents(tmp_path / "new")
    assert found["ministack/journal-5.jsonl"] == "five\n"
    assert '"new"' in found["ministack/dynamodb.json"]
    assert "ministack/journal-4.jsonl" not in found


def test_what_a_journal_gains_after_the_backup_began_is_left_out(state: Path, tmp_path: Path) -> None:
    with open_state(state) as parts:
        with (state / "ministack/journal-4.jsonl").open("a") as journal:
            journal.write("later\n")
        path = write(parts, tmp_path / "archives", NOW)
    restore.restore(path, tmp_path / "new", NOW)
    assert contents(tmp_path / "new")["ministack/journal-4.jsonl"] == "four\n"


def test_game_on_aws_has_only_its_secrets_here(state: Path, tmp_path: Path) -> None:
    (state / "ministack/dynamodb.json").unlink()
    restore.restore(backup(state, tmp_path / "archives"), tmp_path / "new", NOW)
    assert list(contents(tmp_path / "new")) == ["secrets.json"]


def test_without_a_game_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="holds no game"):
        backup(tmp_path, tmp_path / "archives")


def test_only_so_many_of_the_newest_archives_are_kept_and_nothing_else_is_deleted(state: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    (folder / "mine.zip").write_text("not an archive of ours")
    made = [backup(state, folder, NOW + timedelta(hours=hour), keep=2) for hour in range(4)]
    assert sorted(folder.iterdir()) == sorted([folder / "mine.zip", *made[-2:]])


def test_two_backups_into_one_folder_do_not_mix(state: Path, tmp_path: Path) -> None:
    (tmp_path / ".tapstack-backup.partial").write_text("of a backup that runs")
    with (tmp_path / ".tapstack-backup.partial").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OperationError, match="under way"):
            backup(state, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_a_killed_backup_leaves_no_archive_and_does_not_prevent_the_next(state: Path, tmp_path: Path) -> None:
    (tmp_path / ".tapstack-backup.partial").write_text("half of an archive" * 1_000)
    path = backup(state, tmp_path)
    restore.restore(path, tmp_path / "new", NOW)
    assert not (tmp_path / ".tapstack-backup.partial").exists()


def test_a_backup_that_can_not_be_read_back_gets_no_name(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = archive._add
    monkeypatch.setattr(archive, "_add", lambda *given: archive.File(add(*given).name, 1, "0" * 64))
    with pytest.raises(OperationError, match="damaged"):
        backup(state, tmp_path / "archives")
    assert not list((tmp_path / "archives").glob("*.zip"))


# What is refused, with everything as it was


def forged(path: Path, files: dict[str, str], manifest: object) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
        if manifest is not None:
            made.writestr("manifest.json", json.dumps(manifest))
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """An archive with other contents, in order as a zip."""
    with zipfile.ZipFile(path) as made:
        files = {name: made.read(name) for name in made.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def flip_bits(path: Path) -> None:
    with zipfile.ZipFile(path) as made:
        after = made.getinfo("ministack/journal-3.jsonl").header_offset
    whole = bytearray(path.read_bytes())
    whole[after - 4] ^= 0xFF  # the end of the snapshot before it
    path.write_bytes(whole)


def change_a_file(path: Path) -> None:
    rewritten(path, lambda files: files.update({"ministack/journal-4.jsonl": b"FOUR\n"}))


def add_a_file(path: Path) -> None:
    rewritten(path, lambda files: files.update({"../escaped": b"x"}))


def leave_a_file_out(path: Path) -> None:
    rewritten(path, lambda files: files.pop("ministack/journal-3.jsonl"))


def inflate(path: Path) -> None:
    rewritten(path, lambda files: files.update({"secrets.json": b"0" * 50_000_000}))


@pytest.mark.parametrize("damage", [cut_off, flip_bits, change_a_file, add_a_file, leave_a_file_out, inflate])
def test_damaged_archive_changes_nothing(state: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = backup(state, tmp_path / "archives")
    damage(path)
    before = contents(state)
    with pytest.raises(OperationError, match="damaged|no manifest"):
        restore.restore(path, state, NOW)
    assert contents(state) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archives", "state"]


def manifest_of(*names: str, kind: str = "tapstack-backup", number: int = 1, size: int = 1) -> object:
    files = [{"name": name, "bytes": size, "sha256": "0" * 64} for name in names]
    return {"kind": kind, "format": number, "created_at": "2026-11-22T01:02:03+00:00", "files": files}


@pytest.mark.parametrize(
    ("files", "manifest", "why"),
    [
        ({}, None, "no manifest"),
        ({}, "not an object", "no manifest"),
        ({}, manifest_of(kind="other"), "not a backup"),
        ({}, manifest_of(number=2), "format 2"),
        ({}, manifest_of(), "its files are others"),
        ({"secrets.json": "x"}, manifest_of("secrets.json", size=-1), "negative"),
        *(
            ({"secrets.json": "x", name: "x"}, manifest_of("secrets.json", name), "its files are others")
            for name in ("../escaped", "/etc/passwd", "ministack/../../escaped", "ministack", "redis/appendonly.aof",
                         "ministack/journal-1.jsonl/x", "lock", "ministack/journal-1.jsonl\n")
        ),
        ({"secrets.json": "x"}, manifest_of("secrets.json", "secrets.json"), "not those of its manifest"),
    ],
)  # fmt: skip
def test_foreign_archive_changes_nothing(
    state: Path, tmp_path: Path, files: dict[str, str], manifest: object, why: str
) -> None:
    path = forged(tmp_path / "foreign.zip", files, manifest)
    before = contents(state)
    with pytest.raises(OperationError, match=why):
        restore.restore(path, state, NOW)
    assert contents(state) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["foreign.zip", "state"]


def test_file_that_is_no_archive_or_not_there_is_refused(state: Path, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("text")
    with pytest.raises(OperationError, match="damaged"):
        restore.restore(tmp_path / "text.zip", state, NOW)
    with pytest.raises(OperationError, match="can't be read"):
        restore.restore(tmp_path / "none.zip", state, NOW)


def test_running_game_is_not_replaced(state: Path, tmp_path: Path) -> None:
    path = backup(state, tmp_path / "archives")
    with lock(state), pytest.raises(OperationError, match="a game runs on"):
        restore.restore(path, state, NOW)
    assert restore.restore(path, state, NOW) is not None


def test_archive_larger_than_the_disk_is_refused_before_anything_is_written(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backup(state, tmp_path / "archives")
    monkeypatch.setattr(restore, "_RESERVE_BYTES", 1 << 60)
    with pytest.raises(OperationError, match="to spare"):
        restore.restore(path, tmp_path / "new", NOW)


def test_restore_killed_between_its_moves_starts_no_empty_game_and_can_be_repeated(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = backup(state, tmp_path / "archives")
    wanted, rename = contents(state), Path.rename

    def killed(this: Path, target: Path) -> Path:
        if this.name.endswith(".restoring"):
            raise KeyboardInterrupt
        return rename(this, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            restore.restore(path, state, NOW)
    with lock(state), pytest.raises(StartError, match="run it again"):
        refuse_unfinished(state)
    restore.restore(path, state, NOW + timedelta(seconds=1))
    refuse_unfinished(state)
    assert contents(state)["ministack/journal-4.jsonl"] == wanted["ministack/journal-4.jsonl"]
    (kept,) = tmp_path.glob("state.before-*")
    assert contents(kept) == wanted


def test_restore_killed_while_it_unpacks_leaves_the_game_as_it_was(state: Path, tmp_path: Path) -> None:
    path = backup(state, tmp_path / "archives")
    before = contents(state)
    staging = tmp_path / "state.restoring"
    (staging / "ministack").mkdir(parents=True)
    (staging / "ministack/dynamodb.json").write_text("half")
    refuse_unfinished(state)
    assert contents(state) == before
    restore.restore(path, state, NOW)
    assert contents(state)["ministack/journal-3.jsonl"] == "three\n"
