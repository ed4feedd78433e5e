"""Which route answers a path."""

from tapstack_local.gateway.routes import Routes


def test_a_constant_path_wins_over_a_parameter_and_that_over_a_greedy_one() -> None:
    routes: Routes[str] = Routes()
    for path in ("/a/{rest+}", "/a/{id}", "/a/me", "/a/{id}/b", "/{x}/me"):
        routes.add("GET", path, path)

    def found(path: str) -> str | None:
        hit = routes.find(path)
        return hit[0].find("GET") if hit else None

    assert found("/a/me") == "/a/me"
    assert found("/a/7") == "/a/{id}"
    assert found("/a/7/b") == "/a/{id}/b"
    assert found("/a/7/c") == "/a/{rest+}"
    assert found("/b/me") == "/{x}/me"
    assert found("/b/c/d") is None
