"""English."""

TEXTS = {
    "command.duel": "Duel: 30 seconds, who taps more?",
    "duel.about": (
        "⚔️ <b>Duels</b>\n\n30 seconds, two players: who taps more? For honour, without a stake. Challenge somebody by "
        "a link, or send /duel in a group that I am in."
    ),
    "duel.offered": "⚔️ <b>{name}</b> challenges you to a duel: 30 seconds, who taps more?",
    "duel.own": (
        "⚔️ <b>Your challenge stands.</b> Whoever opens this link first and accepts duels with you:\n{link}\n\n"
        "It stands for {time} more."
    ),
    "duel.send_text": "I challenge you: 30 seconds, who taps more?",
    "duel.declined": "⚔️ This challenge has been taken back.",
    "duel.expired": "⚔️ Nobody has accepted this challenge in time.",
    "duel.pair": "⚔️ <b>{host}</b> against <b>{rival}</b>",
    "duel.soon": "It starts in {time} and lasts 30 seconds. Get ready to tap, here or in the app!",
    "duel.left": "{time} left. Tap, here or in the app!",
    "duel.counting": "Time is up. The last taps are being counted.",
    "duel.score": "{name} · {taps}",
    "duel.won": "🏆 <b>{name}</b> wins!",
    "duel.draw": "🤝 A draw.",
    "duel.accepted": "⚔️ {name} has accepted your challenge!",
    "b.duel_offer": "⚔️ Challenge somebody",
    "b.duel_send": "📤 Send",
    "b.duel_refresh": "🔄 Refresh",
    "b.duel_stop": "✖️ Take back",
    "b.duel_accept": "⚔️ Accept",
    "b.duel_tap": "👆 Tap! +1",
    "b.duel_here": "👆 Tap here",
    "b.duel_app": "🎮 In the app",
    "b.duel_again": "⚔️ Duels",
    "duel.go": "Accepted! It starts in {time}.",
    "duel.stopped": "Taken back.",
    "duel.counted": "+1 → {clicks}",
    "duel.too_fast": "Too fast: this tap did not count",
    "duel.wait": "Not yet: it starts in {time}.",
    "duel.is_own": "This is your own challenge: somebody else accepts it.",
    "duel.staked": "Coins are staked on this duel: accept it in the app, with its code.",
    "duel.foreign": "Only who has made a challenge can take it back.",
    "duel.taken": "Somebody else has accepted it.",
    "duel.is_over": "This duel is over.",
    "duel.unknown": "This duel is between two others, or there is none any more.",
    "duel.impossible": "That does not work right now.",
}
