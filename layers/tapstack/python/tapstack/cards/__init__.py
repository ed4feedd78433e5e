"""Score cards: a player's score as a picture to share."""
