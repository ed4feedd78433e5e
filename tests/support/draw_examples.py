"""Examples of draws, which the rules in Python and in the Mini App's TypeScript both have to agree with.

After a change of the rules: `PYTHONPATH=tests .venv/bin/python -m support.draw_examples`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
from tapstack.economy.catalogue.model import AnyItem, Boost, Crate, Currency, Drop, Pity, Rarity
from tapstack.economy.rules.draws import Draws, open_crate, seed_hash

from support.economy import catalogue

FILE = Path(__file__).parents[2] / "miniapp/tests/economy/draws.json"

BOUNDS = [1, 2, 3, 10, 1_000_000, 2**32 + 1, 2**53 - 1, 2**63 + 1, 2**64 - 1]
"""Above 2**63, nearly half of all words are passed over."""
SEEDS = [hashlib.sha256(f"example {number}".encode()).hexdigest() for number in range(4)]
CLIENT_SEEDS = ["", "lucky-7", "A_Z"]
TEXTS = {"en": "x", "ru": "x"}


def _boost(rarity: Rarity) -> AnyItem:
    return Boost(id=f"{rarity}_one", name=TEXTS, about=TEXTS, rarity=rarity, permille=1, taps=1)


ITEMS = tuple(_boost(rarity) for rarity in Rarity)
DROPS = (
    Drop(weight=600_000, currency=Currency.COIN, count=60),
    Drop(weight=250_000, item="common_one", count=2),
    Drop(weight=130_000, item="uncommon_one"),
    Drop(weight=15_000, item="rare_one"),
    Drop(weight=5_000, item="legendary_one"),
)
CRATES = [
    Crate(id="plain", name=TEXTS, about=TEXTS, rarity=Rarity.COMMON, drops=DROPS),
    Crate(
        id="patient",
        name=TEXTS,
        about=TEXTS,
        rarity=Rarity.RARE,
        drops=DROPS,
        pity=Pity(opens=4, rarity=Rarity.RARE),
    ),
]


def _numbers(server_seed: str, client_seed: str, nonce: int) -> dict[str, Any]:
    draws = Draws(server_seed, client_seed, nonce)
    bounds = BOUNDS * 3
    return {
        "server_seed": server_seed,
        "seed_hash": seed_hash(server_seed),
        "client_seed": client_seed,
        "nonce": nonce,
        "bounds": [str(bound) for bound in bounds],
        "numbers": [str(draws.below(bound)) for bound in bounds],
    }


def _opened(crate: Crate, server_seed: str, client_seed: str, nonce: int, misses: int, count: int) -> dict[str, Any]:
    with_items = msgspec.structs.replace(catalogue(), items=(*ITEMS, *CRATES))
    draws, before, got = Draws(server_seed, client_seed, nonce), misses, []
    for _ in range(count):
        drop, misses = open_crate(with_items, crate, misses, draws)
        got.append([drop.item or str(drop.currency), drop.count])
    return {
        "crate": crate.id,
        "server_seed": server_seed,
        "client_seed": client_seed,
        "nonce": nonce,
        "misses": before,
        "count": count,
        "drops": got,
        "misses_after": misses,
    }


def examples() -> dict[str, Any]:
    return {
        "items": msgspec.to_builtins((*ITEMS, *CRATES)),
        "numbers": [
            _numbers(seed, client_seed, nonce) for seed in SEEDS for client_seed in CLIENT_SEEDS for nonce in (0, 41)
        ],
        "opened": [
            _opened(crate, seed, client_seed, nonce, misses, count)
            for crate in CRATES
            for nonce, seed in enumerate(SEEDS)
            for client_seed in CLIENT_SEEDS
            for misses, count in ((0, 1), (3, 10), (4, 10))
        ],
    }


def text() -> str:
    """The file, one example a line."""
    parts = [
        f"{json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(one)}" for one in found) + "\n]"
        for name, found in examples().items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
