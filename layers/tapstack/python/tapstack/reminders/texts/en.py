"""English."""

TEXTS = {
    "reminder.week": {
        "one": "🏁 <b>The week is over.</b> Your place: <b>{rank}</b> of {players}, with {count} tap.",
        "other": "🏁 <b>The week is over.</b> Your place: <b>{rank}</b> of {players}, with {count} taps.",
    },
    "reminder.overtaken": {
        "one": "🏃 <b>You have been overtaken</b> and are in place <b>{rank}</b> now.\n"
        "{count} more tap, and you pass <b>{name}</b>!",
        "other": "🏃 <b>You have been overtaken</b> and are in place <b>{rank}</b> now.\n"
        "{count} more taps, and you pass <b>{name}</b>!",
    },
    "reminder.tap": "👆 Tap",
    "reminder.stop": "🔕 No more reminders",
    "reminder.off": "🔕 All right, no more reminders.",
    "reminder.again": "🔔 Remind me after all",
    "reminder.on": "🔔 Reminders are on: one a day at most.",
}
