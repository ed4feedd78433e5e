"""Deploys template.yaml to what speaks AWS's APIs on this side of AWS: LocalStack, MiniStack."""
