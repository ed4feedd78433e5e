"""What docker-compose.yml promises of a developer's machine, and of a server."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from support.servers import ROOT

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PRODUCTION = {name: service for name, service in SERVICES.items() if service.get("profiles") == ["production"]}


def test_development_publishes_on_loopback_only() -> None:
    for name in SERVICES.keys() - PRODUCTION.keys():
        service = SERVICES[name]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["networks"] == ["game"], name


def test_every_service_has_a_health_check_and_starts_again() -> None:
    for name, service in SERVICES.items():
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped", name


@pytest.mark.parametrize("name", ["game", "proxy"])
def test_service_for_players_may_do_no_more_than_it_needs(name: str) -> None:
    service = PRODUCTION[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert service["logging"]["options"]["max-size"]
    assert service["networks"] == ["production"]
    assert not any("docker.sock" in volume for volume in service["volumes"])


def test_only_the_proxy_can_be_reached_and_only_by_addresses_that_it_sees() -> None:
    assert "ports" not in PRODUCTION["game"]
    assert {port.partition("/")[0] for port in PRODUCTION["proxy"]["ports"]} == {"0.0.0.0:80:80", "0.0.0.0:443:443"}
    assert re.search(r"caddy:\d+\.\d+\.\d+", PRODUCTION["proxy"]["image"])


def test_no_default_stands_in_for_a_secret_in_production() -> None:
    """The game refuses to start without; development's defaults are public."""
    for service in PRODUCTION.values():
        for name, text in service["environment"].items():
            if re.search("TOKEN|KEY|SECRET", name):
                assert text == f"${{{name}:-}}"


def test_settings_in_env_reach_the_game() -> None:
    """All that .env.example names, but what the image or the service decides, and what only a laptop needs."""
    names = set(re.findall("^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert names - decided_elsewhere() - PRODUCTION["game"]["environment"].keys() == set()


def decided_elsewhere() -> set[str]:
    image = {"HOST", "LIVE_PORT", "PORT", "PRODUCTION", "STATE_DIR"}
    compose = {"BACKUPS", "GAME_MEMORY", "SITE", "TRUSTED_PROXIES"}
    laptop = {"AWS_ENDPOINT_URL", "LOCAL_HOSTS", "LOCAL_RELOAD", "LOCAL_SCHEDULE_S", "REDIS_URL", "TELEGRAM_API_BASE"}
    return image | compose | laptop


def test_image_runs_as_nobody_in_particular_and_copies_no_secret() -> None:
    dockerfile = (ROOT / "infra/one-server/Dockerfile").read_text()
    assert "\nUSER game\n" in dockerfile
    ignored = (ROOT / "infra/one-server/Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in ignored
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    copied = set(re.findall(r"^COPY (?!--from)(\S+) ", dockerfile, re.MULTILINE))
    assert {path.partition("/")[0] for path in copied} == allowed
    assert all((ROOT / path).exists() for path in copied)
