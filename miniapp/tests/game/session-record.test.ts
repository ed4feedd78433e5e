import { expect, test } from "vitest";
import { parseRecord } from "../../src/game/session-record";

test("a record that makes no sense is not played", () => {
  expect(parseRecord("{")).toBeNull();
  expect(parseRecord(null)).toBeNull();
  const record = { session_id: "s", taps: 1, watermark: 0, sent: 0, clicks: 0, created_at_ms: 1, updated_at_ms: 1 };
  expect(parseRecord(JSON.stringify(record))).toEqual(record);
  expect(parseRecord(JSON.stringify({ ...record, taps: -1 }))).toBeNull();
});
