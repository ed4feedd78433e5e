"""Live events: what the game tells clients without being asked, in rooms and to one player."""
