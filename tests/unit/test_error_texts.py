"""Every error code that the API can answer has a text for people in the Mini App, in each of its languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from support.servers import ROOT
from tapstack.platform import errors

LAYER = ROOT / "layers/tapstack/python/tapstack"
TEXTS = ROOT / "miniapp/src/i18n/refusals.ts"

FOR_OPERATORS = {"broadcast_unknown", "not_resumable", "too_many_clicks", "pushed_meanwhile", "catalogue_too_large"}
"""Codes of commands that no operation of the API runs."""

ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.GameError)}


def _codes_in(path: Path) -> set[str]:
    """The codes with which a module makes refusals, and those of bodies that it writes itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if "code" in given:
            found.add(given["code"])
        elif name in ERRORS:
            found.add(ast.Constant(getattr(errors, name).default_code))
        elif name == "_refused":
            found.add(node.args[1])
        elif name == "ErrorDetail":
            found.add(node.args[0])
    return {code.value for code in found if isinstance(code, ast.Constant) and isinstance(code.value, str)}


def answered_codes() -> set[str]:
    modules = [path for path in LAYER.rglob("*.py") if path.relative_to(LAYER).parts[0] != "cli"]
    return set().union(*(_codes_in(path) for path in modules)) - FOR_OPERATORS


def texts_by_language() -> dict[str, set[str]]:
    """The codes that have a text, by language."""
    text = TEXTS.read_text(encoding="utf-8")
    tables = re.findall(r"^(?:export )?const (\w\w)\b.*?= \{\n(.*?)^\}", text, re.DOTALL | re.MULTILINE)
    return {language: set(re.findall(r"^  (\w+):", table, re.MULTILINE)) for language, table in tables}


def test_each_code_that_the_api_answers_has_a_text_in_each_language() -> None:
    wanted = answered_codes()
    assert {"banned", "internal_error", "store_unavailable", "method_not_allowed", "username_taken"} <= wanted
    assert texts_by_language() == dict.fromkeys(("en", "ru"), wanted)
