"""English."""

TEXTS = {
    "command.raid": "Raid a business",
    "raid.title": (
        "🏴‍☠️ <b>Raids</b>\n\nTake a part of what somebody's businesses have earned and they have not collected. "
        "A weapon takes more, armour keeps more."
    ),
    "raid.left": {"one": "You have {count} raid left today.", "other": "You have {count} raids left today."},
    "raid.none_left": "You have no raid left today. Come back tomorrow!",
    "raid.next": "⏳ The next raid in {time}; revenge needs no rest.",
    "raid.level": "🔒 Raids begin at level {level}. Tap on!",
    "raid.off": "There are no raids right now.",
    "raid.nobody": "Nobody is worth a raid right now. Look again later.",
    "raid.target": "{number}. {name} · level {level} · {size}",
    "raid.revenge": "{number}. {name} · level {level} · {size} · 🔥 revenge!",
    "raid.size.small": "🪙 small loot",
    "raid.size.fair": "🪙🪙 fair loot",
    "raid.size.rich": "🪙🪙🪙 rich loot",
    "raid.done": {
        "one": "🏴‍☠️ You have raided {name}: {count} coin is yours!",
        "other": "🏴‍☠️ You have raided {name}: {count} coins are yours!",
    },
    "b.raid": "🏴‍☠️ {number}",
    "b.raid_refresh": "🔄 Refresh",
    "raid.refused": "⚠️ {why}",
    "raid.why_rest": "You must rest before the next raid.",
    "raid.why_protected": "This player can't be raided right now.",
    "raid.why_nothing": "There is nothing left to take.",
    "raid.why_gone": "There is no such player any more.",
    "raid.why_friend": "Friends and members of your faction can't be raided.",
    "raid.why_self": "You can't raid yourself.",
    "raid.why_old": "This button is too old. Here are new ones.",
    "raid.why_impossible": "That does not work right now.",
}
