import { expect, test } from "vitest";
import { operationId } from "../../src/economy/operation-id";

test("begins with the time, and says that it is a UUIDv7", () => {
  const op = operationId(0x0192_f3a4_b5c6, new Uint8Array(16).fill(0xff));
  expect(op).toBe("0192f3a4-b5c6-7fff-bfff-ffffffffffff");
});

test("a later one sorts after an earlier one, whatever is random in them", () => {
  const ops = [1_000, 1_001, 1_790_000_000_000].map((now_ms, i) => operationId(now_ms, new Uint8Array(16).fill(255 - i)));
  expect([...ops].sort()).toEqual(ops);
});
