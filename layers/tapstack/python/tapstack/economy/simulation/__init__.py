"""The economy played by many simulated players, through the very rules that real ones play by."""
