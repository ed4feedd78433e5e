"""The template's functions, loaded and invoked as on Lambda."""
