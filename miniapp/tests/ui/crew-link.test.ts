import { expect, test } from "vitest";
import { contestLinkOf, crewLinkOf, startParamOf } from "../../src/ui/crew-link";

test("a faction's link names it and carries its code", () => {
  expect(crewLinkOf("fac_0123456789ab_abcdefghjk")).toEqual({ faction: "0123456789ab", code: "abcdefghjk" });
});

test("any other start parameter is no faction's link", () => {
  for (const other of [null, "", "ref_abcdefgh", "fac_0123456789ab", "fac_x_y", "fac_0123456789ab_A"]) expect(crewLinkOf(other)).toBeNull();
});

test.each(["rally", "duel"] as const)("a link to a %s names it, and nothing else does", (kind) => {
  const id = "0123456789abcdef";
  expect(contestLinkOf(startParamOf({ kind, id }))).toEqual({ kind, id });
  for (const other of [null, "", kind, `${kind}_`, `${kind}_0123`, `${kind}_${id}0`, `x${kind}_${id}`, "fac_0123456789ab_abcd"]) {
    expect(contestLinkOf(other)).toBeNull();
  }
});
