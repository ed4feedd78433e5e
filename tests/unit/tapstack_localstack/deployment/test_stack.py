"""A stack at an emulator that misbehaves: every way to fail says what to do and leaves nothing in silence."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from tapstack_build.errors import DeployError
from tapstack_localstack.deployment.endpoint import Endpoint
from tapstack_localstack.deployment.stack import Stack


class FakeCloudFormation:
    """A stack that goes through the statuses it is given, one per change that is asked of it."""

    def __init__(self, status: str = "", outcomes: tuple[str, ...] = (), refusal: str = "") -> None:
        self.now, self.outcomes, self.refusal = status, list(outcomes), refusal
        self.calls: list[str] = []

    def describe_stacks(self, **_: Any) -> Any:
        if not self.now:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": "x does not exist"}}, "DescribeStacks")
        return {"Stacks": [{"StackStatus": self.now, "Outputs": [{"OutputKey": "ApiId", "OutputValue": "a1"}]}]}

    def create_change_set(self, **given: Any) -> None:
        self.calls.append(f"change {given['ChangeSetType']}")

    def describe_change_set(self, **_: Any) -> Any:
        return {"Status": "FAILED", "StatusReason": self.refusal} if self.refusal else {"Status": "CREATE_COMPLETE"}

    def delete_change_set(self, **_: Any) -> None:
        self.calls.append("drop change")

    def execute_change_set(self, **_: Any) -> None:
        self.calls.append("execute")
        self.now = self.outcomes.pop(0)

    def delete_stack(self, RetainResources: list[str], **_: Any) -> None:
        self.calls.append(f"delete {RetainResources}")
        self.now = self.outcomes.pop(0)

    def describe_stack_events(self, **_: Any) -> Any:
        failed = {"LogicalResourceId": "Q", "ResourceType": "AWS::SQS::Queue", "ResourceStatus": "CREATE_FAILED"}
        return {"StackEvents": [failed | {"ResourceStatusReason": "bad name"}]}

    def describe_stack_resources(self, **_: Any) -> Any:
        rows = [("Q", "DELETE_FAILED"), ("R", "CREATE_COMPLETE")]
        return {"StackResources": [{"LogicalResourceId": n, "ResourceStatus": s, "ResourceType": ""} for n, s in rows]}


class FakeEndpoint(Endpoint):
    """An endpoint whose client is boto3's own, with its waiters, and asks the fake."""

    def __init__(self, cloudformation: FakeCloudFormation) -> None:
        super().__init__("http://emulator")
        given = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        client = boto3.client("cloudformation", region_name="us-east-1", **given)
        client._make_api_call = lambda name, given: getattr(cloudformation, xform_name(name))(**given)
        self._clients["cloudformation"] = client


def stack_of(**given: Any) -> tuple[Stack, FakeCloudFormation]:
    fake = FakeCloudFormation(**given)
    return Stack(FakeEndpoint(fake), "game"), fake


def test_absent_stack_is_created() -> None:
    stack, fake = stack_of(outcomes=("CREATE_COMPLETE",))
    outcome = stack.deploy("{}", {}, "c1")
    assert (outcome.what, outcome.outputs) == ("created", {"ApiId": "a1"})
    assert fake.calls == ["change CREATE", "execute"]


def test_present_stack_is_updated_in_place() -> None:
    stack, fake = stack_of(status="CREATE_COMPLETE", outcomes=("UPDATE_COMPLETE",))
    assert stack.deploy("{}", {}, "c1").what == "updated"
    assert fake.calls == ["change UPDATE", "execute"]


def test_nothing_to_change_is_no_error_and_leaves_no_change_set() -> None:
    stack, fake = stack_of(status="CREATE_COMPLETE", refusal="The submitted information didn't contain changes.")
    assert stack.deploy("{}", {}, "c1").what == "unchanged"
    assert fake.calls == ["change UPDATE", "drop change"]


def test_refused_change_names_the_reason_and_leaves_no_new_stack() -> None:
    stack, fake = stack_of(status="", refusal="no such type")
    with pytest.raises(DeployError, match="refused: no such type"):
        stack.deploy("{}", {}, "c1")
    assert fake.calls == ["change CREATE", "drop change"]


def test_failed_creation_names_the_resource_and_is_deleted() -> None:
    stack, fake = stack_of(outcomes=("ROLLBACK_COMPLETE", ""))
    with pytest.raises(DeployError, match=r"its remains are deleted:\n.*Q \(AWS::SQS::Queue\): bad name"):
        stack.deploy("{}", {}, "c1")
    assert fake.calls[-1] == "delete []"


def test_failed_update_names_the_resource_and_the_way_on() -> None:
    stack, fake = stack_of(status="CREATE_COMPLETE", outcomes=("UPDATE_ROLLBACK_COMPLETE",))
    with pytest.raises(DeployError, match=r"Q \(AWS::SQS::Queue\): bad name\nfix the template"):
        stack.deploy("{}", {}, "c1")
    assert "delete []" not in fake.calls


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED", "DELETE_FAILED", "CREATE_FAILED"])
def test_stack_in_a_failed_state_is_not_touched(status: str) -> None:
    stack, fake = stack_of(status=status)
    with pytest.raises(DeployError, match=f"{status}.*make destroy-local"):
        stack.deploy("{}", {}, "c1")
    assert fake.calls == []


def test_stack_that_another_deployment_changes_is_not_touched() -> None:
    stack, fake = stack_of(status="UPDATE_IN_PROGRESS")
    with pytest.raises(DeployError, match="another deployment"):
        stack.deploy("{}", {}, "c1")
    assert fake.calls == []


def test_deletion_retains_what_the_emulator_cannot_delete() -> None:
    stack, fake = stack_of(status="CREATE_COMPLETE", outcomes=("DELETE_FAILED", "DELETE_FAILED", ""))
    assert stack.delete() == ["Q", "R"]
    assert fake.calls == ["delete []", "delete ['Q']", "delete ['Q', 'R']"]


def test_deletion_of_nothing_says_so() -> None:
    assert stack_of()[0].delete() is None


def test_refused_credentials_and_silence_say_what_helps() -> None:
    endpoint = Endpoint("http://emulator")
    error = ClientError({"Error": {"Code": "InvalidClientTokenId", "Message": "no"}}, "GetCallerIdentity")
    with pytest.raises(DeployError, match="unset AWS_ACCESS_KEY_ID"), explained(endpoint):
        raise error


@contextmanager
def explained(endpoint: Endpoint) -> Any:
    with endpoint.explained("signing in"):
        yield
