import { expect, test } from "vitest";
import { leanOf } from "../../src/ui/press";

test("the button leans to the middle of the fingers, never over its edge", () => {
  expect(leanOf([{ x: 0.5, y: -0.25 }])).toEqual({ x: 0.5, y: -0.25 });
  expect(leanOf([{ x: -1, y: 0 }, { x: 1, y: 0 }])).toEqual({ x: 0, y: 0 });
  expect(leanOf([{ x: 3, y: -3 }])).toEqual({ x: 1, y: -1 });
  expect(leanOf([])).toEqual({ x: 0, y: 0 });
});
