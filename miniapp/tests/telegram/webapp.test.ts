import { describe, expect, test } from "vitest";
import { webAppAt } from "../support/web-app";

describe("WebApp", () => {
  test("uses no feature that an old client lacks", () => {
    const { app, names } = webAppAt("6.0");
    app.ready();
    expect(app.impact("light")).toBe(false);
    app.confirmClosing(true);
    expect(names()).toEqual(["iframe_ready", "web_app_ready", "web_app_expand"]);
  });

  test("asks clients that support it to leave swipes to the game", () => {
    const { app, post } = webAppAt("9.1");
    app.ready();
    expect(post).toHaveBeenCalledWith("web_app_setup_swipe_behavior", '{"allow_vertical_swipe":false}');
  });
});
