"""Notifications: what a player finds in their inbox, and what calls them back, in one message a day at most."""
