"""Audits for `make lint`: secrets in tracked files, and known vulnerabilities in locked packages."""
