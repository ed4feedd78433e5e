"""What the runtime reads out of a template."""

import shutil
from pathlib import Path

import pytest
from tapstack_local.errors import TemplateError
from tapstack_local.template import expansion as template
from tapstack_local.template import model
from tapstack_local.template.expansion import Expanded
from tapstack_local.template.model import App

from ..conftest import TOY

URL = (
    "  Nowhere:\n    Type: AWS::Lambda::Url\n    Properties: {{TargetFunctionArn: {}, AuthType: {}, InvokeMode: {}}}\n"
)


def test_function_has_the_asynchronous_entry_that_its_metadata_declares(app: App) -> None:
    assert app.functions["QuickFunction"].async_handler == "app.serve"
    assert app.functions["ApiFunction"].async_handler == ""


def test_functions_have_code_limits_layers_and_environment(app: App) -> None:
    worker = app.functions["WorkerFunction"]
    assert (worker.handler, worker.timeout_s, worker.memory_mb) == ("app.handler", 2, 256)
    assert Path(worker.code_dir) == TOY / "functions" / "worker"
    assert [Path(layer) for layer in worker.layers] == [TOY / "layers" / "shared"]
    assert worker.environment["GREETING"] == "hello"
    assert worker.environment["TABLE_NAME"] == "tapstack-ItemsTable"


def test_environment_that_only_aws_knows_is_missing_with_its_reason(app: App) -> None:
    missing = app.functions["ApiFunction"].missing
    assert set(missing) == {"REDIS_URL", "TELEGRAM_BOT_TOKEN"}
    assert "Cache.Endpoint.Address" in missing["REDIS_URL"]


def test_parameter_override_wins_over_default_and_unknown_one_is_refused() -> None:
    expanded = template.expand(TOY / "template.yaml", {"Greeting": "moin"})
    assert template.build(expanded).functions["ApiFunction"].environment["GREETING"] == "moin"
    with pytest.raises(TemplateError, match="no parameter Nope"):
        template.expand(TOY / "template.yaml", {"Nope": "1"})


def test_routes_and_preflight_answers_come_from_the_rest_api(app: App) -> None:
    assert {(route.method, route.path) for route in app.api.routes} >= {
        ("GET", "/health"),
        ("ANY", "/echo/{name}"),
        ("GET", "/files/{path+}"),
    }
    preflight = next(mock for mock in app.api.mocks if mock.path == "/health")
    assert preflight.method == "OPTIONS"
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET,POST,OPTIONS"
    assert app.api.headers_4xx == {"Access-Control-Allow-Origin": "*"}


def test_function_url_is_a_path_of_the_game_itself(app: App, tmp_path: Path) -> None:
    """By its logical id, so that environments may hold it; without a host, which only clients know."""
    cors = model.Cors(
        origins=["*"], methods=["POST"], headers=["authorization"], exposed=[], credentials=False, max_age_s=600
    )
    assert app.urls[0] == model.FunctionUrl(id="ApiFunctionUrl", function="ApiFunction", cors=cors)
    toy = tmp_path / "toy"
    shutil.copytree(TOY, toy)
    changed = (toy / "template.yaml").read_text().replace("!Ref Greeting", "!GetAtt ApiFunctionUrl.FunctionUrl")
    (toy / "template.yaml").write_text(changed)
    found = template.build(template.expand(toy / "template.yaml", {}))
    assert found.functions["TickFunction"].environment["GREETING"] == "/_url/ApiFunctionUrl/"


def test_schedules_of_both_kinds_name_their_function(app: App) -> None:
    found = {(one.source, one.expression, one.function, one.input) for one in app.schedules}
    assert found == {
        ("events", "rate(1 minute)", "TickFunction", None),
        ("scheduler", "rate(1 day)", "TickFunction", '{"nightly": true}'),
    }


def test_queue_mapping_queue_and_table_are_complete(app: App) -> None:
    mapping = app.mappings[0]
    assert (mapping.queue, mapping.function, mapping.batch_size, mapping.partial) == (
        "WorkQueue",
        "WorkerFunction",
        5,
        True,
    )
    assert app.queues["WorkQueue"].redrive == (app.queues["WorkDeadLetters"].arn, 2)
    assert app.queues["WorkQueue"].attributes == {"VisibilityTimeout": "3"}
    table = app.tables["ItemsTable"]
    assert (table.keys, table.ttl, [index.name for index in table.indexes]) == (
        [("pk", "HASH")],
        "expires_at_s",
        ["by_kind"],
    )


def test_known_attributes_replace_made_up_ones(expanded: Expanded) -> None:
    real = {"WorkQueue": {"Ref": "http://here/q", "Arn": "arn:aws:sqs:us-east-1:000000000000:tapstack-WorkQueue"}}
    app = template.build(expanded, real)
    assert app.functions["ApiFunction"].environment["QUEUE_URL"] == "http://here/q"
    assert app.queues["WorkQueue"].url == "http://here/q"


def test_model_survives_its_file(app: App, tmp_path: Path) -> None:
    model.save(app, tmp_path / "run" / "app.json")
    assert model.load(tmp_path / "run" / "app.json") == app


@pytest.mark.parametrize(
    ("resource", "message"),
    [
        ("  Http:\n    Type: AWS::Serverless::HttpApi\n", "Http: HTTP APIs do not run here"),
        (URL.format("other", "NONE", "BUFFERED"), "Nowhere: only a function of this template"),
        (URL.format("!GetAtt TickFunction.Arn", "AWS_IAM", "BUFFERED"), "Nowhere: no signatures are checked here"),
        (URL.format("!Ref TickFunction", "NONE", "RESPONSE_STREAM"), "Nowhere: only InvokeMode BUFFERED"),
        (
            "  Inline:\n    Type: AWS::Serverless::Function\n    Properties: {InlineCode: x, Handler: index.handler}\n",
            "Inline: only Python functions with a local CodeUri",
        ),
        (
            "  Pattern:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: {source: [x]}\n"
            "      Targets: [{Id: a, Arn: !GetAtt TickFunction.Arn}]\n",
            "Pattern: event patterns do not run here",
        ),
        (
            "  Odd:\n    Type: AWS::Events::Rule\n    Properties:\n      ScheduleExpression: cron(0 0 L * ? *)\n"
            "      Targets: [{Id: a, Arn: !GetAtt TickFunction.Arn}]\n",
            "Odd: .*cron.*does not run here",
        ),
        ("  Lost:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: a.b}\n", "Lost: CodeUri must be"),
    ],
)
def test_what_cannot_run_here_names_its_resource(tmp_path: Path, resource: str, message: str) -> None:
    shutil.copytree(TOY, tmp_path / "toy")
    path = tmp_path / "toy" / "template.yaml"
    path.write_text(path.read_text(encoding="utf-8") + resource, encoding="utf-8")
    with pytest.raises(TemplateError, match=message):
        template.build(template.expand(path, {}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "not valid YAML"),
        ("a: b", "has no Resources"),
        ("Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: x}}}", "not valid"),
        ("Resources: {T: {Type: AWS::DynamoDB::Table}}", "T: AWS::DynamoDB::Table needs KeySchema"),
        ("Resources: {Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: 3}}}", "Q: .* malformed"),
    ],
)
def test_a_broken_file_is_a_template_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=message):
        template.build(template.expand(path, {}))
