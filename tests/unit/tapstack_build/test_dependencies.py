"""The dependencies layer: what is chosen from the lock file. tests/integration/tapstack_build builds it."""

from __future__ import annotations

import pytest
from support.servers import ROOT
from tapstack_build.dependencies import LAYERS, RUNTIME, Target, runtime_requirements
from tapstack_build.errors import DeployError

LOCK = (ROOT / "layers/dependencies/requirements.txt").read_text()


def test_runtime_requirements_are_the_locked_ones_with_their_hashes() -> None:
    chosen = runtime_requirements(LOCK)
    blocks = [line for line in chosen.splitlines() if not line.startswith(" ")]
    assert {line.partition("==")[0] for line in blocks} == RUNTIME
    assert all(block.split(" ")[0] in LOCK for block in blocks)
    assert chosen.count("--hash=sha256:") >= len(RUNTIME)


def test_function_that_draws_does_so_with_what_the_embedded_runtime_has() -> None:
    pin = (ROOT / LAYERS[1].lock).read_text().partition(" ")[0]
    assert f'"{pin}"' in (ROOT / "pyproject.toml").read_text()


def test_what_only_command_lines_need_is_left_out() -> None:
    chosen = runtime_requirements(LOCK)
    for name in ("pip", "setuptools", "wheel", "inquirer", "pyyaml", "blessed", "click"):
        assert f"\n{name}==" not in f"\n{chosen}"


def test_lock_without_a_needed_package_is_refused_by_name() -> None:
    with pytest.raises(DeployError, match="chalice.*make lock"):
        runtime_requirements(LOCK.replace("\nchalice==", "\nchalk=="))


def test_unknown_machine_is_refused() -> None:
    assert Target("3.13", "aarch64").platforms[-1] == "manylinux2014_aarch64"
    with pytest.raises(DeployError, match="riscv64"):
        _ = Target("3.13", "riscv64").platforms
