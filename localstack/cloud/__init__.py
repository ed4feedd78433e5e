"""Deploys template.yaml to anything that speaks AWS's APIs on this side of AWS: LocalStack, MiniStack."""
