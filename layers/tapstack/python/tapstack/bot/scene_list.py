"""All scenes of the bot, in the order of the commands that Telegram offers: a new one is added here."""

from __future__ import annotations

from tapstack.bot.ports import BotPorts
from tapstack.bot.scenes import help as help_scene
from tapstack.bot.scenes import home, profile, tap
from tapstack.bot.texts import TEXTS as BOT_TEXTS
from tapstack.duels.scenes import duel
from tapstack.economy.scenes import bag, crates, shop, wallet
from tapstack.factions.scenes import faction
from tapstack.goals.scenes import quests
from tapstack.heists.scenes import heist
from tapstack.leaderboards.scenes import leaderboard
from tapstack.league.scenes import league
from tapstack.notifications.scenes import inbox, reminders
from tapstack.players.model import Player
from tapstack.players.scenes import invite, naming, settings, start
from tapstack.privacy.scenes import privacy
from tapstack.raids.scenes import raid
from tapstack.rallies.scenes import rally
from tapstack.telegram.scene import Scene
from tapstack.telegram.texts import Texts

_ALL: tuple[Scene[Player, BotPorts], ...] = (
    start.scene,
    tap.scene,
    leaderboard.scene,
    league.scene,
    wallet.scene,
    shop.scene,
    bag.scene,
    crates.scene,
    quests.scene,
    faction.scene,
    heist.scene,
    rally.scene,
    duel.scene,
    raid.scene,
    profile.scene,
    invite.scene,
    settings.scene,
    inbox.scene,
    reminders.scene,
    naming.scene,
    privacy.scene,
    help_scene.scene,
    home.scene,
)

SCENES = {scene.name: scene for scene in _ALL}

ACTIONS = {scene.name: scene.actions for scene in _ALL}

COMMANDS = {command: scene for scene in _ALL for command in scene.commands}
"""The scene that each command opens."""

LINKS = {scene.link: scene for scene in _ALL if scene.link}
"""The scene that each kind of start parameter leads to, by what it begins with."""

TEXTS = Texts.together(BOT_TEXTS, *(scene.texts for scene in _ALL))
"""Everything that a scene may say."""

OFFERED = [name for name in COMMANDS if TEXTS.has(f"command.{name}")]
"""The commands that Telegram offers in private chats: those that have a description."""
