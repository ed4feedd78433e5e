"""Factions: members, roles, a treasury, levels and perks; and the territories that they contest every week."""
