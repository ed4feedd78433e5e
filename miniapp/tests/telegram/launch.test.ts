import { describe, expect, test } from "vitest";
import { parseLaunch, retrieveLaunch } from "../../src/telegram/launch";
import { FakeStore } from "../support/fakes";

describe("launch", () => {
  const user = encodeURIComponent(JSON.stringify({ id: 7, first_name: "Ann", language_code: "ru" }));
  const data = encodeURIComponent(`user=${user}&start_param=ref_x&auth_date=1&hash=00`);
  const fragment = `#tgWebAppData=${data}&tgWebAppVersion=9.1&tgWebAppPlatform=web&tgWebAppThemeParams=%7B%22bg_color%22%3A%22%23ffffff%22%7D`;

  test("is read from the fragment", () => {
    const launch = parseLaunch(fragment);
    expect(launch.init_data).toBe(decodeURIComponent(data));
    expect(launch.user).toEqual({
      id: "7",
      first_name: "Ann",
      language_code: "ru",
      photo_url: null,
      allows_write_to_pm: false,
    });
    expect(launch.start_param).toBe("ref_x");
    expect(launch.theme).toEqual({ bg_color: "#ffffff" });
  });

  test("survives a reload that lost the fragment", () => {
    const store = new FakeStore();
    retrieveLaunch(fragment, store);
    expect(retrieveLaunch("", store).user.id).toBe("7");
    expect(retrieveLaunch("", new FakeStore()).init_data).toBe("");
  });
});
