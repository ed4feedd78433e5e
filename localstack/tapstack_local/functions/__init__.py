"""Functions of the template, loaded and invoked as Lambda does it."""
