"""Builds what a deployment uploads: the archives of functions and layers, the same bytes on every machine."""
