import { expect, test } from "vitest";
import { crewLinkOf } from "../../src/ui/crew-link";

test("a faction's link names it and carries its code", () => {
  expect(crewLinkOf("fac_0123456789ab_abcdefghjk")).toEqual({ faction: "0123456789ab", code: "abcdefghjk" });
});

test("any other start parameter is no faction's link", () => {
  for (const other of [null, "", "ref_abcdefgh", "fac_0123456789ab", "fac_x_y", "fac_0123456789ab_A"]) expect(crewLinkOf(other)).toBeNull();
});
