import { describe, expect, test } from "vitest";
import { contrast, palette, readable } from "../../src/telegram/theme";

describe("theme", () => {
  const themes: Record<string, Record<string, string>> = {
    "Telegram's default day": {
      bg_color: "#ffffff", secondary_bg_color: "#efeff3", text_color: "#000000", hint_color: "#999999",
      link_color: "#2481cc", button_color: "#2481cc", button_text_color: "#ffffff",
    },
    "Telegram's default night": {
      bg_color: "#17212b", secondary_bg_color: "#232e3c", text_color: "#f5f5f5", hint_color: "#708499",
      link_color: "#6ab3f3", button_color: "#5288c1", button_text_color: "#ffffff",
    },
    "a hostile one": { bg_color: "#808080", text_color: "#808080", hint_color: "#7f7f7f", button_color: "#ffff00" },
    none: {},
    nonsense: { bg_color: "red", text_color: "url(x)" },
  };

  test.each(Object.entries(themes))("%s: every text can be read", (_, theme) => {
    for (const system of ["light", "dark"] as const) {
      const colors = palette(theme, system);
      for (const ground of [colors.bg, colors.card]) {
        for (const text of [colors.text, colors.hint, colors.link, colors.danger]) {
          expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(contrast(colors.accent, colors["accent-text"])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("follows Telegram's scheme, else the system's", () => {
    expect(palette(themes["Telegram's default night"]!, "light").scheme).toBe("dark");
    expect(palette({}, "dark").scheme).toBe("dark");
  });

  test("a colour that can be read stays as it is", () => {
    expect(readable("#123456", ["#ffffff"])).toBe("#123456");
  });
});
