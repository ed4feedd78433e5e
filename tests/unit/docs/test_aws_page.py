"""docs/aws.md, held to template.yaml: its parameters, and what each function has in its environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from support.servers import ROOT
from support.templates import FUNCTIONS, MAIN, folder_of, own_variables
from tapstack.platform.settings import SECRETS

PAGE = (ROOT / "docs/aws.md").read_text()
ADDRESSED = {"ADDRESS_REQUESTS_PER_S", "TRUSTED_PROXIES", "EDGE_KEY"}
IN_WORDS = {
    "the bot's token": {"TELEGRAM_BOT_TOKEN"},
    "the signing key": {"TOKEN_SIGNING_KEY"},
    "all three": set(SECRETS),
    "the address settings": ADDRESSED,
}
DEFAULTS_IN_WORDS = {
    "none": ("", "arn:aws:acm:us-east-1:000000000000:certificate/none"),
    "Telegram's": ("149.154.160.0/20,91.108.4.0/22",),
}


@cache
def table(head: str) -> list[list[str]]:
    """The cells of the rows of the table whose head begins so."""
    rows = PAGE[PAGE.index(f"| {head} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def named(cell: str) -> set[str]:
    words = [variables for phrase, variables in IN_WORDS.items() if phrase in cell]
    return set(re.findall("`([A-Z_]+)`", cell)).union(*words)


def parameters() -> Iterator[tuple[str, str]]:
    """Names and defaults of the table of parameters; a default that stands alone is that of all in its row."""
    for names, defaults, _ in table("parameter"):
        found = re.findall(r"`(\w+)`", names)
        values = defaults.split(", ")
        yield from zip(found, values if len(values) > 1 else values * len(found), strict=True)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_row_of_a_function_names_its_secrets_and_its_settings(function: str) -> None:
    [(secrets, settings)] = [cells[1:] for cells in table("function") if cells[0] == f"`{folder_of(function)}`"]
    held = {v for v in own_variables(function) if not v.endswith(("_TABLE", "_QUEUE_URL"))} - {"SECRETS_VERSION"}
    assert named(secrets) == held & set(SECRETS)
    assert named(settings) == held - set(SECRETS)


def test_every_row_is_of_a_function() -> None:
    assert {cells[0].strip("`") for cells in table("function")} == set(map(folder_of, FUNCTIONS))


def test_every_parameter_is_on_the_page() -> None:
    assert set(MAIN["Parameters"]) <= set(re.findall(r"`(\w+)(?:=[^`]*)?`", PAGE))


@pytest.mark.parametrize(("name", "default"), list(parameters()))
def test_parameter_has_the_default_that_the_page_says(name: str, default: str) -> None:
    assert str(MAIN["Parameters"][name].get("Default")) in DEFAULTS_IN_WORDS.get(default, (default,))


def test_no_parameter_of_a_table_is_named_twice() -> None:
    names = [name for name, _ in parameters()]
    assert len(names) == len(set(names))
