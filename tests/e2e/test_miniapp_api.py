"""The Mini App's types are made from the API's own description."""

import json
from pathlib import Path

from tapstack.api import OPERATIONS
from tapstack.http.openapi import document

MINIAPP = Path(__file__).parents[2] / "miniapp"


def test_the_snapshot_is_what_the_api_says() -> None:
    """`npm run check` makes the types from this snapshot, and fails where they differ."""
    kept = json.loads((MINIAPP / "openapi.json").read_text(encoding="utf-8"))
    assert kept == document(OPERATIONS), "run `python -m tapstack.api > miniapp/openapi.json`, then `npm run types`"
