import { expect, test } from "vitest";
import { contestLink, contestLinkOf, crewLinkOf, linked } from "../../src/ui/crew-link";

test("a faction's link names it and carries its code", () => {
  expect(crewLinkOf("fac_0123456789ab_abcdefghjk")).toEqual({ faction: "0123456789ab", code: "abcdefghjk" });
});

test("any other start parameter is no faction's link", () => {
  for (const other of [null, "", "ref_abcdefgh", "fac_0123456789ab", "fac_x_y", "fac_0123456789ab_A"]) expect(crewLinkOf(other)).toBeNull();
});

test("a link of a rally or a duel leads to it alone", () => {
  contestLink.value = contestLinkOf("duel_0123456789abcdef");
  expect([linked("duel"), linked("rally")]).toEqual(["0123456789abcdef", ""]);
  for (const other of [null, "", "duel_0123", "raid_0123456789abcdef", "rally_0123456789abcdeF"]) expect(contestLinkOf(other)).toBeNull();
});
