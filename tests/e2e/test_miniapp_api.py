"""The Mini App's types are generated from the API's OpenAPI document."""

import json
from pathlib import Path

from tapstack.api import OPERATIONS
from tapstack.http.openapi import document

MINIAPP = Path(__file__).parents[2] / "miniapp"


def test_the_snapshot_is_what_the_api_says() -> None:
    """`npm run check` generates the types from this copy, and fails if they differ."""
    kept = json.loads((MINIAPP / "openapi.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(document(OPERATIONS))), (
        "run `python -m tapstack.api > miniapp/openapi.json`, then `npm run types`"
    )
