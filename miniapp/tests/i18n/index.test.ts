import { expect, test } from "vitest";
import { pickLanguage } from "../../src/i18n";
import { en } from "../../src/i18n/en";
import { ru } from "../../src/i18n/ru";

test("languages: every text with every parameter, and the first that is spoken", () => {
  const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(parameters(ru[key])).toEqual(parameters(en[key]));
  expect(pickLanguage([undefined, "ru-RU", "en"])).toBe("ru");
  expect(pickLanguage(["de", "fr"])).toBe("en");
});
