"""Raids: what businesses have earned and nobody has collected can be taken."""
