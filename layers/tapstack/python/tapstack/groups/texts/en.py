"""English."""

TEXTS = {
    "b.tap_more": "👆 Tap! +1",
    "b.play_here": "🎮 Play",
    "group.title": "👆 <b>Tap together!</b>",
    "group.greeting": (
        "👋 <b>Hello, everybody!</b>\n\nTap here together: every tap counts for you and for this group. "
        "/tap brings the button back, /top shows who is ahead."
    ),
    "group.board": "🏆 <b>This group</b>",
    "group.today": "<b>Today</b>: {clicks}",
    "group.ever": "<b>All time</b>: {clicks}",
    "group.play": "👆 Come and tap with everybody:",
    "command.play": "Play",
}
