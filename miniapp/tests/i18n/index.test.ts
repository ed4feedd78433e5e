import { expect, test } from "vitest";
import { LANGUAGES, loadScreenTexts, pickLanguage, switchLanguage, t } from "../../src/i18n";
import type { Key, ScreenTexts, Texts } from "../../src/i18n/en";

const TEXTS: Record<string, Texts & ScreenTexts> = {};
for (const [tag, { load, loadScreens }] of Object.entries(LANGUAGES)) TEXTS[tag] = { ...(await load()), ...(await loadScreens()) };
const KEYS = Object.keys(TEXTS["en"] ?? {}) as Key[];

const formsOf = (tag: string, key: Key): string[] => {
  const text = TEXTS[tag]?.[key] ?? "";
  return typeof text === "string" ? [text] : Object.values(text);
};
const parametersOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test.each(Object.keys(LANGUAGES))("%s has the parameters of every text in each of its forms", (tag) => {
  for (const key of KEYS) {
    const [wanted] = formsOf("en", key).map(parametersOf);
    for (const form of formsOf(tag, key)) expect(parametersOf(form), key).toEqual(wanted);
  }
});

test.each(Object.keys(LANGUAGES))("%s has every plural form that its language needs", (tag) => {
  const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
  for (const key of KEYS.filter((name) => typeof TEXTS["en"]?.[name] !== "string")) {
    expect(Object.keys(TEXTS[tag]?.[key] ?? {}).sort(), key).toEqual(needed);
  }
});

test.each([
  ["en", 1, "1 tap"],
  ["en", 0, "0 taps"],
  ["en", 1234, "1,234 taps"],
  ["ru", 1, "1 тап"],
  ["ru", 3, "3 тапа"],
  ["ru", 11, "11 тапов"],
  ["ru", 21, "21 тап"],
  ["ru", 112, "112 тапов"],
])("a count picks the form: %s %i", async (tag, count, text) => {
  await switchLanguage(tag);
  expect(t("taps_spoken", { count })).toBe(text);
});

test("texts of lazy screens come with the first of them, and with each language after it", async () => {
  await switchLanguage("en");
  expect(t("later")).toBe("");
  await loadScreenTexts();
  expect(t("later")).toBe("Later");
  await switchLanguage("ru");
  expect(t("later")).toBe("Позже");
  expect(t("tap")).toBe("Тап");
  const [loaded] = await Promise.allSettled([loadScreenTexts(), switchLanguage("en")]);
  expect(loaded.status).toBe("fulfilled");
  expect(t("later")).toBe("Later");
});

test("the first language that the game has", () => {
  expect(pickLanguage([undefined, "ru-RU", "en"])).toBe("ru");
  expect(pickLanguage(["de", "fr"])).toBe("en");
});
