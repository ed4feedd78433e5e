"""The league of the week: divisions of at most 50 players, in tiers, with promotion and relegation."""
