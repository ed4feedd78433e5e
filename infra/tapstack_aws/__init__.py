"""Deploys to AWS: what `sam deploy` leaves to be done before and after it."""
