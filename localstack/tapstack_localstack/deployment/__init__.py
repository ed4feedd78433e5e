"""Deploys template.yaml to emulators of AWS: LocalStack, MiniStack."""
