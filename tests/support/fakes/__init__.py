"""The ports in memory, one module a concept: what unit tests play on.

One conformance suite holds them to the real stores. They keep the promises that the services build on; rates, leases
and time are the real stores' alone.
"""
