"""The toy template, expanded once."""

import dataclasses
from pathlib import Path

import pytest
from faas import template
from faas.model import App
from faas.template import Expanded

TOY = Path(__file__).parents[2] / "fixtures" / "faas_toy"


@pytest.fixture(scope="session")
def expanded() -> Expanded:
    return template.expand(TOY / "template.yaml", {})


@pytest.fixture
def app(expanded: Expanded) -> App:
    return template.build(dataclasses.replace(expanded))
