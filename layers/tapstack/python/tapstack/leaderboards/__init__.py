"""Boards of all time and of periods, their archive and the hall of fame."""
