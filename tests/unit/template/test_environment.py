"""What each function holds in its environment: what it reads, and nothing else."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.calls import FUNCTION_OF
from support.permissions import logical_id
from support.servers import ROOT
from support.templates import EDGE, FUNCTIONS, MAIN, SHARED_VARIABLES, folder_of, own_variables, statements
from tapstack.api import OPERATIONS
from tapstack.http.operation import Auth
from tapstack.platform.settings import DEFAULTS, SECRETS, Settings

LAYER = ROOT / "layers/tapstack/python"
SETTINGS = {path.rpartition(".")[2]: setting for path, setting in Settings.by_path().items()}
OF_EVERY_LAMBDA = {"AWS_USE_DUALSTACK_ENDPOINT", "SERVICE_NAME"}
"""What libraries read."""

PROVEN_BY = {Auth.INIT_DATA: "TELEGRAM_BOT_TOKEN", Auth.WEBHOOK_SECRET: "TELEGRAM_WEBHOOK_SECRET"} | {
    Auth.SESSION_TOKEN: "TOKEN_SIGNING_KEY"
}
ADDRESSED = {"ADDRESS_REQUESTS_PER_S", "TRUSTED_PROXIES", "EDGE_KEY"}
"""What counting the calls of an address takes."""

ENERGY = {"ENERGY_FULL", "ENERGY_EVERY_MS"}

HELD = {
    "sessions": {
        "BUCKETS",
        "CLICK_URL",
        *ENERGY,
        "HEARTBEAT_URL",
        "INIT_DATA_MAX_AGE_S",
        "LIVE_URL",
        "OUTBOX_PER_S",
        "SESSION_IDLE_S",
        "SUPPORT_USERNAME",
        "TAPS_PER_S",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_BOT_USERNAME",
        "TOKEN_SIGNING_KEY",
        *ADDRESSED,
    },  # checks initData, signs tokens, tells inviters
    "click": {"BUCKETS", *ENERGY, "SYNC_AT_DIRTY", "SYNC_EVERY_S", "TAPS_PER_S", "TOKEN_SIGNING_KEY"},  # checks tokens
    "heartbeat": {"BUCKETS", *ENERGY, "SESSION_IDLE_S", "TAPS_PER_S", "TOKEN_SIGNING_KEY"},
    "leaderboard": {"BUCKETS", "REQUESTS_PER_S_BUDGET", "TAPS_PER_S", "TOKEN_SIGNING_KEY", *ADDRESSED},
    "economy": {"BUCKETS", *ENERGY, "TOKEN_SIGNING_KEY", *ADDRESSED},
    "crews": {"BUCKETS", "CHANCE_ENABLED", *ENERGY, "LIVE_ENDPOINT", "TAPS_PER_S", "TOKEN_SIGNING_KEY"},
    "players": {"BUCKETS", "TAPS_PER_S", "TELEGRAM_BOT_USERNAME", "TOKEN_SIGNING_KEY"},
    "cards": {"TOKEN_SIGNING_KEY", *ADDRESSED},  # checks addresses
    "live": {"LIVE_ENDPOINT", "LIVE_LOBBY", "LIVE_URL", "TOKEN_SIGNING_KEY"},  # checks tickets, too
    "webhook": {
        "API_FROM_MINIAPP",
        "BUCKETS",
        *ENERGY,
        "LIVE_ENDPOINT",
        "MINIAPP_URL",
        "OUTBOX_PER_S",
        "REQUESTS_PER_S_BUDGET",
        "SESSION_IDLE_S",
        "SUPPORT_USERNAME",
        "SYNC_AT_DIRTY",
        "SYNC_EVERY_S",
        "TAPS_PER_S",
        "TELEGRAM_API_BASE",
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_BOT_USERNAME",
        "TELEGRAM_WEBHOOK_SECRET",
        "TOKEN_SIGNING_KEY",
    },  # shares; the tap button
    "outbox": {"OUTBOX_PER_S", "TELEGRAM_API_BASE", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_USERNAME"},  # sends
    "sync": {
        *("BUCKETS", "OUTBOX_PER_S", "REQUESTS_PER_S_BUDGET", "SYNC_EVERY_S", "TAPS_PER_S"),
        "LIVE_ENDPOINT",  # tells who watches a duel that it is over
        "TELEGRAM_BOT_USERNAME",
    },  # the way into the game from a group
    "cleanup": {"BUCKETS", "SESSION_IDLE_S", "TAPS_PER_S"},
    "maintenance": {
        "BUCKETS",
        "LIVE_ENDPOINT",  # takes back what an erased player has said
        "MINIAPP_URL",
        "OUTBOX_PER_S",
        "REMINDERS",
        "TAPS_PER_S",
        "TELEGRAM_API_BASE",
        "TOKEN_SIGNING_KEY",  # marks bans
    },
}
"""By folder, besides tables and queues. Who takes over one function has what it holds; the fewer the better."""


@cache
def read_in(path: Path) -> tuple[frozenset[Path], frozenset[str]]:
    """The files of tapstack that a file imports itself, and the attributes that it names."""
    names, attributes = [], set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
    places = [LAYER / name.replace(".", "/") for name in names if name.startswith("tapstack")]
    files = {file for place in places for file in (place.with_suffix(".py"), place / "__init__.py")}
    return frozenset(file for file in files if file.is_file()), frozenset(attributes)


def modules_of(path: Path, found: set[Path]) -> set[Path]:
    """A file and all of tapstack that it imports, however far away."""
    found.add(path)
    for file in read_in(path)[0]:
        if file not in found:
            modules_of(file, found)
    return found


def asked_by(folder: str) -> set[Auth]:
    """How callers of a function's operations prove who they are."""
    return {operation.auth for operation in OPERATIONS if FUNCTION_OF[operation.id] == folder}


def read_by(folder: str) -> set[str]:
    """The variables of all settings that a function's code names, and of what its operations check callers by."""
    files = modules_of(ROOT / "functions" / folder / "app.py", set())
    answering = LAYER / "tapstack/http/app.py"  # reads what the operation asks for
    named = frozenset[str]().union(*(read_in(file)[1] for file in files - {answering}))
    proofs = {PROVEN_BY[auth] for auth in asked_by(folder) if auth in PROVEN_BY}
    proofs |= {"INIT_DATA_MAX_AGE_S"} if "TELEGRAM_BOT_TOKEN" in proofs else set()
    return {setting.variable for name, setting in SETTINGS.items() if name in named} | proofs


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_holds_exactly_the_tables_and_queues_that_its_role_names(function: str) -> None:
    stores = {v for v in own_variables(function) if v.endswith(("_TABLE", "_QUEUE_URL"))}
    named = {
        (resource["Fn::GetAtt"][0] if "Fn::GetAtt" in resource else resource["Fn::Sub"][2:].partition(".")[0])
        for statement in statements(function)
        for resource in statement["Resource"]
    }
    assert {logical_id(variable) for variable in stores} == named
    assert {variable: own_variables(function)[variable]["Ref"] for variable in stores} == {
        variable: logical_id(variable) for variable in stores
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_holds_what_its_code_reads_and_nothing_else(function: str) -> None:
    """Integration tests and the game on MiniStack fail where a function reads what it does not hold."""
    folder = folder_of(function)
    held = {v for v in own_variables(function) if not v.endswith(("_TABLE", "_QUEUE_URL"))} - {"SECRETS_VERSION"}
    assert held == HELD[folder]
    assert held <= read_by(folder)
    asked = [operation for operation in OPERATIONS if FUNCTION_OF[operation.id] == folder]
    assert {PROVEN_BY[operation.auth] for operation in asked if operation.auth in PROVEN_BY} <= held
    assert (held >= ADDRESSED) == any(operation.by_address for operation in asked)


def test_what_all_functions_hold_is_what_all_of_them_read() -> None:
    assert set(SHARED_VARIABLES) == {"REDIS_URL", "REDIS_CLUSTER"} | OF_EVERY_LAMBDA
    stored = {name for name, value in SHARED_VARIABLES.items() if "resolve:" in str(value)}
    assert stored == {"REDIS_URL"}


def test_every_setting_is_held_by_a_function_or_has_a_default_of_its_own() -> None:
    held = set(SHARED_VARIABLES).union(*(own_variables(function) for function in FUNCTIONS))
    assert {s.variable for s in SETTINGS.values() if s.default is None} == held - OF_EVERY_LAMBDA - {"SECRETS_VERSION"}


def test_defaults_for_tools_are_those_of_a_deployment_that_says_nothing() -> None:
    parameters = {name.lower(): parameter.get("Default") for name, parameter in MAIN["Parameters"].items()}
    without = {
        "REDIS_CLUSTER",
        "EDGE_KEY",
        "CLICK_URL",
        "HEARTBEAT_URL",
        "LIVE_URL",
        "LIVE_ENDPOINT",
        "API_FROM_MINIAPP",
        "CHANCE_ENABLED",  # by the stage
    }  # parameters
    for variable, default in DEFAULTS.items():
        if variable not in without:
            assert default == str(parameters[variable.replace("_", "").lower()]), variable


def test_variable_means_the_same_in_every_function() -> None:
    """Embedded they share one process and one environment."""
    values: dict[str, Any] = {}
    for function in FUNCTIONS:
        for variable, value in own_variables(function).items():
            assert values.setdefault(variable, value) == value, (function, variable)
    assert not set(values) & set(SHARED_VARIABLES)


def test_changed_secret_changes_every_function_that_holds_one() -> None:
    """CloudFormation reads it again only then."""
    for name in FUNCTIONS:
        variables = own_variables(name)
        assert ("resolve:secretsmanager" in str(variables)) == ("SECRETS_VERSION" in variables), name
        assert variables.get("SECRETS_VERSION", {"Ref": "SecretsVersion"}) == {"Ref": "SecretsVersion"}
        assert bool(set(variables) & set(SECRETS)) == ("SECRETS_VERSION" in variables), name


def test_forwarded_addresses_are_believed_only_of_the_edge() -> None:
    """CloudFront overwrites a header of this name that a viewer sends."""
    variables = own_variables("SessionsFunction")
    origins = EDGE["Site"]["Properties"]["DistributionConfig"]["Origins"]
    (api,) = (origin for origin in origins if origin["Id"] == "api")
    sent = {header["HeaderName"]: header["HeaderValue"] for header in api["OriginCustomHeaders"]}
    assert sent["x-edge"] == {"Ref": "EdgeKey"}
    key = MAIN["Resources"]["Edge"]["Properties"]["Parameters"]["EdgeKey"]
    assert variables["EDGE_KEY"] == {"Fn::If": ["OnAws", key, ""]}
    assert variables["TRUSTED_PROXIES"] == {"Fn::If": ["OnAws", "1", {"Ref": "TrustedProxies"}]}
