"""The AsyncAPI 3.0 document of what goes over a WebSocket, made from the types that are sent."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from tapstack.live.frames import ClientFrame, ServerFrame

VERSION = "1.0.0"
_REF = "#/components/schemas/{name}"


def document() -> dict[str, Any]:
    """The whole document, as a JSON value."""
    sent, received = get_args(ClientFrame), get_args(ServerFrame)
    _, schemas = msgspec.json.schema_components([*sent, *received], ref_template=_REF)
    schemas["ClientFrame"] = _union(sent)
    schemas["ServerFrame"] = _union(received)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tapstack, live",
            "version": VERSION,
            "description": "Rooms and what concerns one player, over the WebSocket that `POST /sessions` names. "
            "Each frame is one JSON object, told apart by its `type`.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": "/",
                "bindings": {
                    "ws": {
                        "method": "GET",
                        "query": {
                            "type": "object",
                            "required": ["ticket"],
                            "properties": {"ticket": {"type": "string", "description": "Good for a minute"}},
                        },
                    }
                },
                "messages": {_name(t): {"$ref": f"#/components/messages/{_name(t)}"} for t in (*sent, *received)},
            }
        },
        "operations": {
            "fromClient": _operation("receive", sent),
            "toClient": _operation("send", received),
        },
        "components": {
            "messages": {_name(t): {"payload": {"$ref": _REF.format(name=t.__name__)}} for t in (*sent, *received)},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def _union(types: tuple[Any, ...]) -> dict[str, Any]:
    """One of several frames, as OpenAPI and AsyncAPI tell them apart."""
    refs = {_name(t): _REF.format(name=t.__name__) for t in types}
    return {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "type", "mapping": refs},
    }


def _operation(action: str, types: tuple[Any, ...]) -> dict[str, Any]:
    messages = [{"$ref": f"#/channels/live/messages/{_name(t)}"} for t in types]
    return {"action": action, "channel": {"$ref": "#/channels/live"}, "messages": messages}


def _name(type_: Any) -> str:
    return str(type_.__struct_config__.tag)


if __name__ == "__main__":
    import sys

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n")
