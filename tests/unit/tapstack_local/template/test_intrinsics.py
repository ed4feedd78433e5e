"""CloudFormation's functions, for one machine."""

import pytest
from tapstack_local.template.intrinsics import Resolver, Unresolved

RESOLVER = Resolver(
    {"Conditions": {"Yes": {"Fn::Equals": ["a", "a"]}, "No": {"Fn::Not": [{"Condition": "Yes"}]}},
     "Mappings": {"M": {"k": {"v": "mapped"}}}},
    {"P": "para", "L": ["x", "y"], "U": Unresolved("U")},
    lambda id_, name: f"<{id_}.{name}>",
)  # fmt: skip


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"Ref": "P"}, "para"),
        ({"Ref": "AWS::Region"}, "us-east-1"),
        ({"Ref": "Thing"}, "<Thing.Ref>"),
        ({"Fn::GetAtt": ["Thing", "Arn"]}, "<Thing.Arn>"),
        ({"Fn::GetAtt": "Thing.A.B"}, "<Thing.A.B>"),
        ({"Fn::Sub": "${P}-${Thing}-${Thing.Arn}-${!Literal}"}, "para-<Thing.Ref>-<Thing.Arn>-${Literal}"),
        ({"Fn::Sub": ["${X}/${P}", {"X": {"Ref": "AWS::AccountId"}}]}, "000000000000/para"),
        ({"Fn::Join": ["-", ["a", {"Ref": "P"}, 3]]}, "a-para-3"),
        ({"Fn::Select": [1, {"Ref": "L"}]}, "y"),
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ({"Fn::FindInMap": ["M", "k", "v"]}, "mapped"),
        ({"Fn::If": ["Yes", "a", "b"]}, "a"),
        ({"Fn::If": ["No", "a", {"Ref": "P"}]}, "para"),
        ({"keep": 1, "drop": {"Ref": "AWS::NoValue"}}, {"keep": 1}),
        (["a", {"Fn::If": ["No", "x", {"Ref": "AWS::NoValue"}]}], ["a"]),
        ({"Fn::Base64": "hi"}, "aGk="),
        ({"Fn::Sub": "x${U}"}, Unresolved("U")),
        ({"Fn::Join": ["", ["a", {"Ref": "U"}]]}, Unresolved("U")),
    ],
)
def test_intrinsic_functions_resolve(node: object, expected: object) -> None:
    assert RESOLVER.value(node) == expected


def test_and_or_conditions_combine_named_ones() -> None:
    both = {"Fn::And": [{"Condition": "Yes"}, {"Condition": "No"}]}
    either = {"Fn::Or": [{"Condition": "Yes"}, {"Condition": "No"}]}
    assert RESOLVER.value(both) is False
    assert RESOLVER.value(either) is True
