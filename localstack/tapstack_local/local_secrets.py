"""A game's own secrets, generated once and kept in its state folder."""

import json
import os
import secrets
from pathlib import Path

GAME_SECRETS = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TOKEN_SIGNING_KEY")
"""The secrets that the functions need; generated if not set."""


def local_secrets(state_dir: Path) -> dict[str, str]:
    """Return this game's own secrets, generated once and kept in a file that only its owner can read."""
    path = state_dir / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    made = {
        # The form of a real one: <bot id>:<35 characters>
        "TELEGRAM_BOT_TOKEN": f"{10**9 + secrets.randbelow(9 * 10**9)}:{secrets.token_urlsafe(26)}",
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "TOKEN_SIGNING_KEY": secrets.token_urlsafe(48),
        "AWS_ACCESS_KEY_ID": f"local{secrets.token_hex(16)}",
        "AWS_SECRET_ACCESS_KEY": secrets.token_urlsafe(32),
        "REDIS_PASSWORD": secrets.token_urlsafe(32),
    } | kept
    if made != kept:
        state_dir.mkdir(parents=True, exist_ok=True)
        write_private(path, json.dumps(made))
    return made


def write_private(path: Path, text: str) -> None:
    """Replace a file by one that only its owner can read."""
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(path)
