"""A CloudFormation stack, updated through change sets: the changes are known before anything changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, WaiterError
from tapstack_build.errors import DeployError

from tapstack_localstack.deployment.endpoint import Endpoint

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
WAIT_S = 600
_POLL_S = 0.3
_WAIT = {"Delay": _POLL_S, "MaxAttempts": int(WAIT_S / _POLL_S)}
_GOOD = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"})
_NEW = frozenset({"", "DELETE_COMPLETE", "REVIEW_IN_PROGRESS"})
_NOTHING = ("didn't contain changes", "No updates are to be performed", "no changes")


@dataclass(frozen=True)
class Outcome:
    """How a deployment ended: "created", "updated" or "unchanged", with the stack's outputs."""

    what: str
    outputs: Mapping[str, str]


class Stack:
    """One stack at one endpoint. Every failure is a DeployError that names the resources and what to do."""

    def __init__(self, endpoint: Endpoint, name: str) -> None:
        self.endpoint = endpoint
        self.name = name
        self._cloudformation = endpoint.client("cloudformation")

    def describe(self) -> dict[str, Any]:
        """The stack's status; empty if there is no stack."""
        try:
            with self.endpoint.explained(f"looking at the stack {self.name}"):
                stacks = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        except DeployError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and "does not exist" in str(cause):
                return {}
            raise
        return dict(stacks[0]) if stacks else {}

    def status(self) -> str:
        return str(self.describe().get("StackStatus", ""))

    def outputs(self) -> dict[str, str]:
        return {o["OutputKey"]: o["OutputValue"] for o in self.describe().get("Outputs", [])}

    def deploy(self, template_url: str, parameters: Mapping[str, str], change_set: str) -> Outcome:
        """Creates the stack or updates it in place; a first deployment that fails is deleted again."""
        status = self.status()
        if status not in _GOOD | _NEW:
            raise DeployError(self._way_out(status))
        is_new = status in _NEW
        arguments = {"StackName": self.name, "ChangeSetName": change_set}
        with self.endpoint.explained(f"preparing the change of stack {self.name}"):
            self._cloudformation.create_change_set(
                **arguments,
                ChangeSetType="CREATE" if is_new else "UPDATE",
                TemplateURL=template_url,
                Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
                Capabilities=CAPABILITIES,
            )
        try:
            if not self._prepared(arguments):
                return Outcome("unchanged", self.outputs())
            with self.endpoint.explained(f"changing the stack {self.name}"):
                self._cloudformation.execute_change_set(**arguments)
            self._wait("stack_create_complete" if is_new else "stack_update_complete", StackName=self.name)
        except DeployError:
            if is_new:
                self._abandon()
            raise
        status = self.status()
        if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return Outcome("created" if is_new else "updated", self.outputs())
        raise DeployError(self._failed(status, is_new))

    def _prepared(self, change_set: Mapping[str, str]) -> bool:
        """Waits for a change set; deletes it and returns False if it has no changes."""
        if self._wait("change_set_create_complete", **change_set):
            return True
        with self.endpoint.explained("dropping the change"):
            reason = str(self._cloudformation.describe_change_set(**change_set).get("StatusReason", ""))
            self._cloudformation.delete_change_set(**change_set)
        if any(words in reason for words in _NOTHING):
            return False
        raise DeployError(f"the change of {self.name} was refused: {reason}")

    def _wait(self, what: str, **of: str) -> bool:
        """Waits with a boto3 waiter; returns whether it succeeded. Raises DeployError if it times out."""
        waiter = self._cloudformation.get_waiter(what)
        try:
            with self.endpoint.explained(f"waiting for the stack {self.name}"):
                waiter.wait(**of, WaiterConfig=_WAIT)
        except DeployError as error:
            cause = error.__cause__
            if not isinstance(cause, WaiterError) or "Error" in cause.last_response:
                raise
            if "Max attempts exceeded" not in str(cause):
                return False
            raise DeployError(
                f"{self.name} is still {self.status()} after {WAIT_S} s; look at the emulator's log, then "
                "`make destroy-local` and deploy again"
            ) from cause
        return True

    def failures(self) -> list[str]:
        """What failed in the stack's events, one line each, first cause first."""
        with self.endpoint.explained("reading the stack's events"):
            events = self._cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [
            f"  {e['LogicalResourceId']} ({e.get('ResourceType', '')}): {e['ResourceStatusReason']}"
            for e in reversed(events)
            if "FAILED" in e.get("ResourceStatus", "") and e.get("ResourceStatusReason")
        ]

    def _failed(self, status: str, is_new: bool) -> str:
        lines = "\n".join(self.failures()) or "  the emulator gives no reason; look at its log"
        if is_new:
            self._abandon()
            return f"{self.name} could not be created ({status}); its remains are deleted:\n{lines}"
        return f"{self.name} could not be updated and is {status}:\n{lines}\n{self._way_out(status)}"

    def _abandon(self) -> None:
        """Deletes the remains of a failed first deployment."""
        if self.status():
            self._delete([])

    def _way_out(self, status: str) -> str:
        if status.endswith("_IN_PROGRESS"):
            return f"{self.name} is {status}: another deployment is changing it; try again when that has ended"
        if status in _GOOD:
            return (
                "fix the template and deploy again; an emulator may have undone less than AWS would, so if that "
                "fails: `make destroy-local` first"
            )
        return f"{self.name} is {status} and can't be updated: `make destroy-local`, then deploy again"

    def resources(self) -> dict[str, tuple[str, str]]:
        """The type and physical name of each resource in the stack, by logical id."""
        with self.endpoint.explained("listing the stack's resources"):
            found = self._cloudformation.describe_stack_resources(StackName=self.name)["StackResources"]
        return {r["LogicalResourceId"]: (r["ResourceType"], r.get("PhysicalResourceId", "")) for r in found}

    def delete(self) -> list[str] | None:
        """Deletes the stack; returns the resources that were retained, None if there was no stack."""
        if not self.status():
            return None
        stuck: list[str] = []
        self._delete(stuck)
        # Retains what fails, as AWS allows after DELETE_FAILED; LocalStack may need to retain everything that is left.
        for statuses in (("DELETE_FAILED",), ("DELETE_FAILED", "CREATE_COMPLETE", "UPDATE_COMPLETE")):
            if self.status() == "DELETE_FAILED":
                stuck = self._left(statuses)
                self._delete(stuck)
        if self.status() not in ("", "DELETE_COMPLETE"):
            lines = "\n".join(self.failures())
            raise DeployError(
                f"{self.name} can't be deleted:\n{lines}\nrestart the emulator, or use another STACK=... name"
            )
        return stuck

    def _delete(self, retain: list[str]) -> None:
        with self.endpoint.explained(f"deleting the stack {self.name}"):
            self._cloudformation.delete_stack(StackName=self.name, RetainResources=retain)
        self._wait("stack_delete_complete", StackName=self.name)

    def _left(self, statuses: Sequence[str]) -> list[str]:
        with self.endpoint.explained("listing what is left"):
            found = self._cloudformation.describe_stack_resources(StackName=self.name)["StackResources"]
        return [r["LogicalResourceId"] for r in found if r["ResourceStatus"] in statuses]
