"""README.md: its map of packages, its table of the API, and the list of settings to which it leads."""

from __future__ import annotations

import re
import tomllib

from support.servers import ROOT
from tapstack.api import OPERATIONS
from tapstack.platform.settings import Settings

PAGE = (ROOT / "README.md").read_text()


def test_packages_stand_in_the_order_in_which_they_may_import() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["id"] == "concepts"]
    table = PAGE[PAGE.index("| package |") :].split("\n\n")[0].splitlines()[2:]
    packages = [name for row in table for name in re.findall("`([a-z]+)`", row.split(" | ")[0])]
    assert packages == [layer for layer in reversed(layers) if layer in packages]
    assert set(layers) - set(packages) == {"__main__", "api", "composition"}


def test_every_operation_stands_in_the_table_of_the_api() -> None:
    table = PAGE[PAGE.index("| operation |") : PAGE.index("## Settings")]
    paths = set(re.findall(r"/[a-z0-9./{}_-]+", table))
    unnamed = {o.path for o in OPERATIONS if not {o.path, "/" + o.path.rpartition("/")[2]} & paths}
    assert unnamed == set()


def test_example_of_the_settings_lists_all_that_an_operator_may_set() -> None:
    set_by_the_runtime = {"REDIS_CLUSTER", "API_FROM_MINIAPP", "CLICK_URL", "HEARTBEAT_URL"}
    set_by_the_runtime |= {"LIVE_URL", "LIVE_ENDPOINT"}
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    settable = {setting.variable for setting in Settings.by_path().values()} - set_by_the_runtime
    assert {name for name in settable if not name.endswith(("_TABLE", "_QUEUE_URL"))} <= listed
