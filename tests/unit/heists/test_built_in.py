"""The questions that functions read are those of the folder."""

from __future__ import annotations

from pathlib import Path

from support.servers import ROOT
from tapstack.heists import lint, pools

FOLDER = ROOT / "layers/catalogue/heists"


def test_compiled_file_is_the_folder() -> None:
    kept = Path(pools.__file__).with_name("built_in.json").read_bytes()
    command = "python -m tapstack.heists layers/catalogue/heists > layers/tapstack/python/tapstack/heists/built_in.json"
    assert pools.compiled(pools.read(FOLDER)) == kept, f"run `{command}`"


def test_lint_finds_nothing_in_the_folder() -> None:
    assert lint.faults(pools.read(FOLDER)) == []
