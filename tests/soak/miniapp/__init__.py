"""Players of the Mini App."""
