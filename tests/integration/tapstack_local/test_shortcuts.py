"""The emulator's shortcuts answer as MiniStack itself does: asked side by side, in MiniStack's own Python."""

from __future__ import annotations

import json
import subprocess

from support.servers import ROOT, ministack_python

COMPARE = """
import copy, json, random, sys
sys.path.insert(0, "localstack")
from ministack.services import dynamodb
from tapstack_local.emulator import shortcuts

NAMES = ("_number_error", "_ddb_canonicalize_number", "_number_size_bytes", "_batch_write_item", "_validate_item",
         "_accumulate_write_capacity")
long_way = {name: getattr(dynamodb, name) for name in NAMES}
shortcuts.install(dynamodb)
short_way = {name: getattr(dynamodb, name) for name in NAMES}

def use(way):
    for name, function in way.items():
        setattr(dynamodb, name, function)

chance = random.Random(4711)
texts = ["", "0", "00", "01", "-0", "-1", "+1", " 1", "1 ", "1_0", "1.0", "1e3", "1E-140", "9" * 38, "9" * 39,
         "1" + "0" * 37, "1" + "0" * 130, "\\u0663", "\\u00b2", "x", None, 5, True, [1]]
texts += [str(n) for n in range(2_000)] + [str(chance.randrange(10 ** chance.randint(1, 40))) for _ in range(3_000)]
texts += [str(chance.randrange(10 ** 6)) + "0" * chance.randint(0, 34) for _ in range(1_000)]
wrong = [[name, repr(text)] for name in NAMES[:3] for text in texts if long_way[name](text) != short_way[name](text)]

KEY = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
       "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST"}
for table in ("long", "short"):
    dynamodb._create_table({"TableName": table, **KEY})

def item(n, value):
    return {"id": {"S": str(n)}, "value": value}

VALUES = [{"N": "5"}, {"N": "007"}, {"N": "1e2"}, {"N": "x"}, {"N": 5}, {"S": "a"}, {"S": 1}, {"B": "AA=="},
          {"SS": ["a", "a"]}, {"NS": ["1", "2.0"]}, {"NS": ["1", "1.0"]}, {"L": [{"N": "08"}]},
          {"M": {"a": {"N": "-3"}}}, {"S": "x" * 500_000}, {}, 7]
batches = [[item(n, value)] for n, value in enumerate(VALUES)]
batches += [[item(n, {"N": "1"}) for n in range(25)], [item(n, {"N": "2"}) for n in range(26)],
            [item(1, {"N": "1"})] * 2, [{"value": {"N": "1"}}], [{"id": {"N": "1"}}],
            [item(1, {"N": "1"}), item(2, {"N": "y"})],
            []]
batches += [[item(n, chance.choice(VALUES[:3])) for n in chance.sample(range(40), 25)] for _ in range(20)]

def answers(way, table):
    use(way)
    found = []
    for rows in batches:
        for consumed in ("NONE", "TOTAL", "INDEXES"):
            asked = {"RequestItems": {table: [{"PutRequest": {"Item": copy.deepcopy(row)}} for row in rows]},
                     "ReturnConsumedCapacity": consumed}
            status, headers, body = dynamodb._batch_write_item(asked)
            found.append([status, body.decode() if isinstance(body, bytes) else body])
    status, headers, body = dynamodb._scan({"TableName": table})
    return [json.loads(json.dumps(one).replace(table, "T")) for one in [*found, [status, body.decode()]]]

a, b = answers(long_way, "long"), answers(short_way, "short")
wrong += [[x, y] for x, y in zip(a, b) if x != y]
print(json.dumps([len(texts), len(a), wrong]))
"""


def test_every_answer_is_that_of_the_long_way() -> None:
    done = subprocess.run(  # noqa: S603
        [ministack_python(), "-c", COMPARE], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    numbers, answers, wrong = json.loads(done.stdout.splitlines()[-1])
    assert numbers > 5_000
    assert answers > 100
    assert not wrong
