import { expect, test } from "vitest";
import { prefersFewerEffects } from "../../src/ui/settings";

test("slow phones get fewer effects", () => {
  const phone = (kind: string) => `Mozilla/5.0 Telegram-Android/11.3.3 (Xiaomi 21061110AG; Android 13; SDK 33; ${kind})`;
  expect(prefersFewerEffects(false, phone("LOW"))).toBe(true);
  expect(prefersFewerEffects(false, phone("HIGH"))).toBe(false);
  expect(prefersFewerEffects(true, "")).toBe(true);
});
