"""Where a setting comes from."""

from pathlib import Path

import pytest
from tapstack_local.errors import SettingsError
from tapstack_local.settings import read_settings


def test_environment_wins_over_dotenv_which_wins_over_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=7001\nHOST=0.0.0.0\nA=dotenv\n", encoding="utf-8")
    settings = read_settings(tmp_path, {"PORT": "7002", "B": "environ"})
    assert (settings.port, settings.host) == (7002, "0.0.0.0")  # noqa: S104
    assert settings.given == {"PORT": "7002", "HOST": "0.0.0.0", "A": "dotenv", "B": "environ"}  # noqa: S104
    assert settings.state_dir == tmp_path / ".local"
    assert settings.url == "http://127.0.0.1:7002"
    assert not settings.local_only


def test_an_empty_value_is_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=\nHOST=localhost\n", encoding="utf-8")
    settings = read_settings(tmp_path, {"HOST": ""})
    assert (settings.port, settings.host) == (8080, "localhost")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "abc"), ("PORT", "0"), ("PORT", "70000"), ("WEB_WORKERS", "-1"), ("LOCAL_RELOAD", "maybe"),
     ("LOCAL_SCHEDULE_S", "soon"), ("LOCAL_PARAMETERS", "Broken")],
)  # fmt: skip
def test_a_bad_value_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(tmp_path, {name: value})
    assert name in str(raised.value)
    assert value in str(raised.value)
    assert "\n" not in str(raised.value)
