"""What `make lint` looks through besides code: secrets in the tracked files, and known holes in locked packages."""
