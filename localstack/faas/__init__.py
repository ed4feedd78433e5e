"""The embedded FaaS runtime: runs template.yaml on one machine, without Docker."""
