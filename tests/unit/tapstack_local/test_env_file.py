"""Files of NAME=value lines."""

from pathlib import Path

import pytest
from tapstack_local.env_file import read_env_file
from tapstack_local.errors import SettingsError


def test_quotes_comments_and_export_are_known(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# c\nexport A=\"x # y\" # c\nB=1 # c\nC=a#b\nD=\n\nE='q'\n", encoding="utf-8")
    assert read_env_file(path) == {"A": "x # y", "B": "1", "C": "a#b", "D": "", "E": "q"}
    path.write_text("A=1\nnonsense\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        read_env_file(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [("A=1\nnonsense\n", 2), ("A=1\n\n\n  nonsense\n", 4), ("A=1\nB\n", 2), ("=1\n", 1), ("A B=1\n", 1), ("1A=2\n", 1),
     ("A='open\n", 1)],
)  # fmt: skip
def test_line_that_is_not_name_and_value_is_refused(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / ".env"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"\.env line {line} is not NAME=value"):
        read_env_file(path)


def test_dollars_stay_and_an_absent_file_is_empty(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\nB=${A}-$A\n", encoding="utf-8")
    assert read_env_file(path)["B"] == "${A}-$A"
    assert read_env_file(tmp_path / "absent") == {}
