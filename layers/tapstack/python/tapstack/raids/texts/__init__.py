"""What the bot says about raids."""

from __future__ import annotations

from tapstack.telegram.texts import Texts

TEXTS = Texts.of(__name__)
