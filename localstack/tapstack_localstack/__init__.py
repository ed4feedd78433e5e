"""The game on LocalStack and what answers like it.

server      real LocalStack on a machine without Docker      plugin    what runs inside of it
deployment  template.yaml as a stack at an endpoint
"""
