"""Every `aws` command in docs/, against the services' own models: no call, no account, no typing error."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import botocore.session
import pytest
from botocore import xform_name
from support.servers import ROOT

GLOBAL = {"region", "profile", "output", "query"}
SESSION = botocore.session.get_session()


def commands() -> Iterator[str]:
    """Those in blocks (a quoted value may go over several lines) and those in the text."""
    for page in sorted(ROOT.glob("docs/*.md")):
        text = page.read_text()
        yield from re.findall(r"^ {4,}(aws (?:[^\n']|'[^']*')+)$", text, re.MULTILINE)
        yield from re.findall(r"`(aws [a-z]+ [a-z-]+ [^`]*)`", text)


def cli_name(name: str) -> str:
    return str(xform_name(name, "-"))


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_command_is_one_of_the_service(command: str) -> None:
    _, service, operation, *words = shlex.split(command)
    if operation == "wait":
        waiters = SESSION.get_waiter_model(service)
        names = {cli_name(name): waiters.get_waiter(name).operation for name in waiters.waiter_names}
        called = names[words.pop(0)]
    else:
        called = {cli_name(name): name for name in SESSION.get_service_model(service).operation_names}[operation]
    shape = SESSION.get_service_model(service).operation_model(called).input_shape
    options = {word.removeprefix("--") for word in words if word.startswith("--")}
    members = {cli_name(name) for name in shape.members}
    required = {cli_name(name) for name in shape.required_members}
    assert required <= options <= members | GLOBAL


def test_commands_are_found() -> None:
    assert len(set(commands())) > 8
