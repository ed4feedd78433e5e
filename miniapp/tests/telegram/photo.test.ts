import { expect, test } from "vitest";
import { telegramPhoto } from "../../src/telegram/photo";

test("a photo comes from Telegram's own host, over https", () => {
  const photo = "https://t.me/i/userpic/320/4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg";
  expect(telegramPhoto(photo)).toBe(photo);
});

test.each([
  "https://evil.example/i/userpic/320/x.svg",
  "https://t.me.evil.example/x.svg",
  "https://evil.t.me/x.svg",
  "https://t.me@evil.example/x.svg",
  "https://user@t.me/x.svg",
  "https://t.me:8443/x.svg",
  "http://t.me/x.svg",
  "//t.me/x.svg",
  "javascript:alert(1)",
  "data:image/svg+xml,<svg/>",
  "not an address",
  "",
  7,
  null,
  undefined,
])("%s is no photo", (given) => {
  expect(telegramPhoto(given)).toBeNull();
});
