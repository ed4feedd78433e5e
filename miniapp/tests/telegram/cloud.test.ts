import { expect, test } from "vitest";
import { CloudStorage } from "../../src/telegram/cloud";
import { webAppAt } from "../support/web-app";

test("reads keys by prefix, and throws when Telegram fails", async () => {
  const { app, post, answer } = webAppAt("9.1");
  const cloud = new CloudStorage(app);
  const reply = (result: unknown, error?: string) => {
    const { req_id } = JSON.parse(post.mock.calls.at(-1)?.[1] as string) as { req_id: string };
    answer("custom_method_invoked", { req_id: "another", result: "wrong" });
    answer("custom_method_invoked", error ? { req_id, error } : { req_id, result });
  };
  const found = cloud.all("session_");
  reply(["other", "session_a"]);
  await Promise.resolve();
  await new Promise((done) => setTimeout(done));
  reply({ session_a: "1" });
  expect([...(await found)]).toEqual([["session_a", "1"]]);
  const failing = cloud.set("k", "v");
  reply(null, "VALUE_TOO_LONG");
  await expect(failing).rejects.toThrow("VALUE_TOO_LONG");
});
