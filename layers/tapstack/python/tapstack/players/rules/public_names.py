"""What the game calls a player in front of others: their username, or a name made of their id until they choose one."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

ADJECTIVES = (
    "Able", "Agile", "Amber", "Arctic", "Artful", "Astral", "Autumn", "Bold",
    "Brave", "Breezy", "Bright", "Brisk", "Calm", "Candid", "Clever", "Cosmic",
    "Crisp", "Daring", "Deft", "Eager", "Early", "Famous", "Fast", "Festive",
    "Fleet", "Frosty", "Gentle", "Gifted", "Glad", "Golden", "Grand", "Happy",
    "Jolly", "Keen", "Kind", "Lively", "Loyal", "Lucky", "Lunar", "Mellow",
    "Merry", "Mighty", "Modest", "Neat", "Nimble", "Noble", "Polar", "Polite",
    "Quick", "Rapid", "Ready", "Royal", "Rustic", "Serene", "Silver", "Snowy",
    "Solar", "Steady", "Stellar", "Sunny", "Swift", "Tidy", "Vivid", "Wise",
)  # fmt: skip
ANIMALS = (
    "Alpaca", "Badger", "Bison", "Caribou", "Condor", "Corgi", "Crane", "Cricket",
    "Curlew", "Dolphin", "Dove", "Eagle", "Egret", "Elk", "Falcon", "Ferret",
    "Finch", "Firefly", "Fox", "Gazelle", "Gecko", "Giraffe", "Hare", "Heron",
    "Husky", "Ibex", "Ibis", "Jaguar", "Kestrel", "Koala", "Lark", "Lemur",
    "Leopard", "Lion", "Llama", "Lynx", "Macaw", "Magpie", "Marlin", "Marmot",
    "Marten", "Moose", "Narwhal", "Ocelot", "Okapi", "Oriole", "Osprey", "Otter",
    "Owl", "Panda", "Parrot", "Penguin", "Puffin", "Quail", "Quokka", "Rabbit",
    "Robin", "Sparrow", "Stork", "Swan", "Tiger", "Toucan", "Turtle", "Wombat",
)  # fmt: skip
"""Every word is kind on its own and next to each of the others: neither a colour of skin nor an animal that is an
insult in English or Russian. One form for all languages: a board is the same for everybody who reads it."""


class GeneratedName(NamedTuple):
    adjective: str
    animal: str
    number: int


def generated(player_id: str) -> GeneratedName:
    """The parts of a player's generated name, the same for ever. Two players in 360,000 may share one."""
    digest = int.from_bytes(hashlib.sha256(player_id.encode()).digest()[:8])
    rest, adjective = divmod(digest, len(ADJECTIVES))
    rest, animal = divmod(rest, len(ANIMALS))
    return GeneratedName(ADJECTIVES[adjective], ANIMALS[animal], 10 + rest % 90)


def public_name(player_id: str, username: str | None) -> str:
    """What others see: "Swift Otter 42" as long as there is no username.

    Its spaces keep it apart from all usernames, and nothing that Telegram knows of a player is in it.
    """
    return username or "{0.adjective} {0.animal} {0.number}".format(generated(player_id))
