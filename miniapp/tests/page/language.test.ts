import { afterEach, beforeEach, expect, test } from "vitest";
import type { Player } from "../../src/api/types";
import { shareLanguage } from "../../src/page/language";
import { player } from "../../src/ui/model";
import { change, settings } from "../../src/ui/settings";

let sent: (string | null)[];
let answers: (() => void)[];
let stop: () => void;

function account(language?: string | null): Player {
  return { ...({ id: "a", username: null, display_name: "Ada", clicks: 0, ref_code: "x", invite_url: null } as Player), ...(language === undefined ? {} : { language }) };
}

beforeEach(() => {
  sent = [];
  answers = [];
  player.value = null;
  change({ language: null });
  stop = shareLanguage(
    {
      chooseLanguage: (_, language) =>
        new Promise((resolve) => {
          sent.push(language);
          answers.push(() => resolve(account(language)));
        }),
    },
    { sessionToken: "t", renamed: (changed) => void (player.value = { ...account(), ...changed }) },
  );
});
afterEach(() => stop());

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("the account's language is followed, and its freedom to follow Telegram", () => {
  player.value = account("ru");
  expect(settings.value.language).toBe("ru");
  player.value = account(null);
  expect(settings.value.language).toBe(null);
  expect(sent).toEqual([]);
});

test("a choice made here is sent once", async () => {
  player.value = account("ru");
  change({ language: "en" });
  answers[0]?.();
  await settled();
  expect(sent).toEqual(["en"]);
  expect(settings.value.language).toBe("en");
  expect(player.value?.language).toBe("en");
});

test("an account that has none gets the choice of this device, and an older server leaves it alone", () => {
  change({ language: "ru" });
  player.value = account();
  expect(sent).toEqual(["ru"]);
  expect(settings.value.language).toBe("ru");
});

test("the answer to an older choice does not bring it back", async () => {
  player.value = account("ru");
  change({ language: "en" });
  change({ language: null });
  answers[0]?.();
  await settled();
  expect(settings.value.language).toBe(null);
  answers[1]?.();
  await settled();
  expect(sent).toEqual(["en", null]);
  expect(settings.value.language).toBe(null);
});
