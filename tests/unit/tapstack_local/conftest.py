"""The toy template, expanded once."""

import dataclasses
from pathlib import Path

import pytest
from tapstack_local.template import expansion as template
from tapstack_local.template.expansion import Expanded
from tapstack_local.template.model import App

TOY = Path(__file__).parents[2] / "fixtures" / "toy_game"


@pytest.fixture(scope="session")
def expanded() -> Expanded:
    return template.expand(TOY / "template.yaml", {})


@pytest.fixture
def app(expanded: Expanded) -> App:
    return template.build(dataclasses.replace(expanded))
