"""Whether a game starts a Telegram of its own."""

from pathlib import Path

import msgspec
import pytest
from tapstack_local.settings import read_settings
from tapstack_local.telegram import WEBHOOK, wants_telegram
from tapstack_local.template.model import App, Route


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "TELEGRAM_API_BASE"])
def test_a_token_or_telegram_of_the_users_own_means_no_telegram_of_the_games(
    app: App, tmp_path: Path, name: str
) -> None:
    webhook = Route(method="POST", path=WEBHOOK, function="ApiFunction")
    whole = msgspec.structs.replace(app, api=msgspec.structs.replace(app.api, routes=[webhook]))
    assert wants_telegram(read_settings(tmp_path, {}), whole)
    assert not wants_telegram(read_settings(tmp_path, {name: "1:mine"}), whole)
    (tmp_path / ".env").write_text(f"{name}=1:mine\n")
    assert not wants_telegram(read_settings(tmp_path, {}), whole)
