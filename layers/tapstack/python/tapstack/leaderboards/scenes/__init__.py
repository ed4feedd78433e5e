"""The leaderboard in the chat."""
