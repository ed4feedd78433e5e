"""Accounts, names, referrals."""
