"""English."""

TEXTS = {
    "league.refresh": "🔄 Refresh",
    "league.title": "{icon} <b>{tier} league</b> · division {division}",
    "league.no_title": "🏅 <b>League of the week</b>",
    "league.bronze": "Bronze",
    "league.silver": "Silver",
    "league.gold": "Gold",
    "league.sapphire": "Sapphire",
    "league.diamond": "Diamond",
    "league.ends": "Ends in {days} d {hours} h",
    "league.ends_soon": "Ends in {hours} h {minutes} min",
    "league.own": "Your place: <b>{rank}</b> of {players}",
    "league.up": "⬆️ {places} → {tier}",
    "league.down": "⬇️ {places} → {tier}",
    "league.moved_up": "You have moved up. Well done!",
    "league.moved_down": "You have moved down. This week you can come back.",
    "league.entering": "You are in! Your division will be ready within a minute.",
    "league.outside": "Tap once this week, and you are in.",
    "league.closing": "Last week is being counted. The new divisions will be ready in a minute.",
    "command.league": "League of the week",
}
