"""Builds the archives of functions and layers that a deployment uploads: the same bytes on every machine."""
