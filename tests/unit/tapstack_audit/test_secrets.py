"""The scan for secrets: refuses what people commit by mistake, and lets what only looks alike pass."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.servers import ROOT
from tapstack_audit import secrets

LETTERS = "AAH4x-Zq7_vT0b9LkPw3SdYr6uNcEjMfGhI"  # in halves below, so that this file itself has no secret's form
PLANTED = {
    "a bot's token": "TELEGRAM_BOT_TOKEN=" + "7100200300" + ":" + LETTERS,
    "an AWS access key": "key = '" + "AKIA" + "Q3EGRXVT6LZPWN2B" + "'",
    "an AWS secret key": "aws_secret_access_key = " + "wJalrXUtnFEMIK7MDENG" + "bPxRfiCYzzEXAMPLEKEY",
    "a private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "a token of GitHub's": "ghp" + "_" + "a1B2" * 9,
    "a token of a package registry": "npm" + "_" + "a1B2" * 9,
    "a token of Slack's": "xoxb" + "-" + "123456789012-abcdefghij",
    "a key of Google's": "AIza" + LETTERS,
    "a signed token": "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0" + "." + "a1B2c3" * 7,
    "a password in an address": "redis" + "://game:" + "kaQ93mfLw" + "@cache.example:6379",
    "a setting's value": "TOKEN_SIGNING" + "_KEY=" + "9f8e7d6c5b4a3b2c" * 2,
}


def repository(folder: Path, **files: str) -> Path:
    """A repository that tracks files."""
    for name, text in files.items():
        (folder / name).write_text(text)
    for command in (["init", "-q"], ["add", "--force", *files]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)  # noqa: S603, S607
    return folder


@pytest.mark.parametrize("what", secrets.FORMS)
def test_planted_secret_is_found_where_it_is_and_not_printed(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert secrets.main(repository(tmp_path, notes="one\ntwo " + PLANTED[what] + "\n")) == 1
    said = "".join(capsys.readouterr())
    assert f"notes:2: {what}" in said
    assert PLANTED[what] not in said


@pytest.mark.parametrize("name", [".env", "id_ed25519", "secrets.json", "server.pem"])
def test_file_for_secrets_is_refused_whatever_is_in_it(name: str, tmp_path: Path) -> None:
    assert secrets.main(repository(tmp_path, **{name: ""})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "TELEGRAM_BOT_TOKEN=",
        "TOKEN_SIGNING_KEY: !Ref TokenSigningKey",
        '"token_signing_key": "<openssl rand -base64 48>"',
        "    --hash=sha256:" + "0a1b2c3d" * 8,
        "rediss://tapstack:{{resolve:secretsmanager:x}}@${Cache.Endpoint.Address}",
        "12:34:56 " + "a" * 35,
    ],
)
def test_what_only_looks_like_a_secret_passes(text: str, tmp_path: Path) -> None:
    assert secrets.main(repository(tmp_path, notes=text)) == 0


def test_value_that_is_known_to_be_made_up_passes(tmp_path: Path) -> None:
    planted = PLANTED["an AWS access key"]
    [found] = secrets.in_text("notes", planted)
    (tmp_path / secrets.KNOWN).parent.mkdir(parents=True)
    (tmp_path / secrets.KNOWN).write_text(f"# made up\n{found.fingerprint} the scan's own test\n")
    assert secrets.main(repository(tmp_path, notes=planted)) == 0
    assert secrets.main(repository(tmp_path, notes=planted.replace("2B", "2C"))) == 1


def test_folder_that_git_does_not_know_is_said_to_be_unscanned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert secrets.main(tmp_path) == 0
    assert "not scanned" in capsys.readouterr().out


def test_this_repository_has_no_secret() -> None:
    assert secrets.main(ROOT) == 0
