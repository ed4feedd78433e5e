"""template.yaml as the embedded runtime, the deployments and the tests read it: parsed, expanded, resolved."""
