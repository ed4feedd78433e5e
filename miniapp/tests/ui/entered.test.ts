import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../../src/api/client";
import { contestLink } from "../../src/ui/crew-link";
import { enter, leave, linked, loadEntered } from "../../src/ui/crew/entered";
import { remembered } from "../../src/ui/remembered";

const [KEPT, LINKED] = ["0123456789abcdef", "fedcba9876543210"];
const gone = new ApiError(404, "rally_unknown", "");
const load = vi.fn(async (id: string) => ({ id }));
const rally = (isIn = true) => loadEntered("rally", load, () => isIn);

beforeEach(() => {
  leave("rally");
  contestLink.value = null;
  load.mockReset();
  load.mockImplementation(async (id) => ({ id }));
});

test("who is in nothing asks for nothing", async () => {
  expect(await rally()).toBeNull();
  expect(load).not.toHaveBeenCalled();
});

test("what was entered is loaded until it is left", async () => {
  enter("rally", KEPT);
  expect(await rally()).toEqual({ id: KEPT });
  leave("rally");
  expect(await rally()).toBeNull();
});

test("what the server knows no more is forgotten, and anything else that fails is not", async () => {
  enter("rally", KEPT);
  load.mockRejectedValueOnce(new ApiError(503, "store_unavailable", ""));
  await expect(rally()).rejects.toThrow();
  expect(remembered.value.rally).toBe(KEPT);
  load.mockRejectedValueOnce(gone);
  expect(await rally()).toBeNull();
  expect(remembered.value.rally).toBe("");
});

test("a link to a rally that was joined elsewhere is entered", async () => {
  contestLink.value = { kind: "rally", id: LINKED };
  expect(await rally()).toEqual({ id: LINKED });
  expect(remembered.value.rally).toBe(LINKED);
  expect(linked("rally")).toBe("");
});

test("a link to another rally waits to be accepted, while the own one goes on", async () => {
  enter("rally", KEPT);
  contestLink.value = { kind: "rally", id: LINKED };
  expect(await rally(false)).toEqual({ id: KEPT });
  expect(remembered.value.rally).toBe(KEPT);
  expect(linked("rally")).toBe(LINKED);
  expect(linked("duel")).toBe("");
});

test("a link to what is gone leads nowhere", async () => {
  contestLink.value = { kind: "rally", id: LINKED };
  load.mockRejectedValueOnce(gone);
  expect(await rally()).toBeNull();
  expect(linked("rally")).toBe("");
});
