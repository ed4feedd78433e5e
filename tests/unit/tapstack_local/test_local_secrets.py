"""The secrets a game makes for itself."""

import re
import stat
from pathlib import Path

from tapstack_local.local_secrets import local_secrets


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    made = local_secrets(tmp_path / "state")
    assert local_secrets(tmp_path / "state") == made
    assert re.fullmatch(r"\d{10}:[A-Za-z0-9_-]{35}", made["TELEGRAM_BOT_TOKEN"])
    assert stat.S_IMODE((tmp_path / "state" / "secrets.json").stat().st_mode) == 0o600
