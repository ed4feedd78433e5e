"""The template on its way to an emulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.servers import ROOT
from tapstack_local.errors import TemplateError
from tapstack_local.template.source import code_folders, load, retained, with_archives


def test_every_function_and_layer_has_its_folder() -> None:
    folders = code_folders(load(ROOT / "template.yaml"), ROOT)
    assert {path.name for path in (ROOT / "functions").iterdir()} <= {path.name for path in folders.values()}
    assert folders["TapstackLayer"] == ROOT / "layers/tapstack"


def test_only_code_addresses_change() -> None:
    source = load(ROOT / "template.yaml")
    changed = json.loads(with_archives(source, {"ClickFunction": "s3://b/click.zip"}))
    assert changed["Resources"].pop("ClickFunction")["Properties"]["CodeUri"] == "s3://b/click.zip"
    assert source["Resources"].pop("ClickFunction")["Properties"]["CodeUri"] == "functions/click"
    assert changed == json.loads(json.dumps(source, default=str))


def test_tables_outlive_their_stack() -> None:
    assert {"PlayersTable", "UniquesTable", "CountersTable", "SessionsTable"} <= retained(load(ROOT / "template.yaml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [", "not valid YAML"), ("Resources: {}", "no Resources"), ("just text", "no Resources")],
)
def test_template_that_cannot_be_read_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "template.yaml").write_text(text)
    with pytest.raises(TemplateError, match=said):
        load(tmp_path / "template.yaml")


def test_absent_template_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="there is no template at"):
        load(tmp_path / "template.yaml")
    resources = {"F": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "nowhere"}}}
    with pytest.raises(TemplateError, match="F: CodeUri names .*nowhere"):
        code_folders({"Resources": resources}, tmp_path)
