"""What the tap script pays for is what the catalogue says, in every runtime: the simulator and the lint go by that."""

from __future__ import annotations

import msgspec
from support.servers import ROOT
from support.templates import MAIN
from tapstack.economy.catalogue.model import EnergyRules
from tapstack.platform.settings import DEFAULTS


def test_energy_of_the_tap_script_is_that_of_the_catalogue() -> None:
    energy = msgspec.yaml.decode((ROOT / "layers/catalogue/energy.yaml").read_bytes(), type=EnergyRules)
    parameters = MAIN["Parameters"]
    assert (
        EnergyRules(full=parameters["EnergyFull"]["Default"], every_ms=parameters["EnergyEveryMs"]["Default"]) == energy
    )
    assert EnergyRules(full=int(DEFAULTS["ENERGY_FULL"]), every_ms=int(DEFAULTS["ENERGY_EVERY_MS"])) == energy
