"""What the bot says about duels."""

from __future__ import annotations

from tapstack.telegram.texts import Texts

TEXTS = Texts.of(__name__)
