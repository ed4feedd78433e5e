"""HTTP for any concept: operations, identity, validation, errors, limits and the OpenAPI document."""
