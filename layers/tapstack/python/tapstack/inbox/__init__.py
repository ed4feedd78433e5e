"""The inbox: what waits for a player to see. Anybody of the game may add to it; `notifications/` shows it."""
