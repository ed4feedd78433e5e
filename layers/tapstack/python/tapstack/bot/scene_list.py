"""All scenes of the bot: a new one is added here."""

from __future__ import annotations

from tapstack.bot.scenes import help as help_scene
from tapstack.bot.scenes import home, profile, tap
from tapstack.leaderboards.scenes import leaderboard
from tapstack.players.scenes import invite, naming, settings, start
from tapstack.privacy.scenes import privacy
from tapstack.telegram.scene import Scene

MODULES = (home, tap, leaderboard, profile, invite, settings, naming, start, privacy, help_scene)

SCENES: dict[str, Scene] = {module.scene.name: module.scene for module in MODULES}

COMMANDS = {command: scene for scene in SCENES.values() for command in scene.commands}
"""The scene that each command opens."""
