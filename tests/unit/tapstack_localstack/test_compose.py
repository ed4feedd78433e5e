"""What docker-compose.yml promises of a developer's machine."""

from __future__ import annotations

import yaml  # type: ignore[import-untyped]
from support.servers import ROOT


def test_compose_publishes_on_loopback_only_and_checks_every_service() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service["healthcheck"]["test"], name
        assert service["networks"] == ["game"], name
