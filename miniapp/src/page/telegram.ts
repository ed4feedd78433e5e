import { computed, effect } from "@preact/signals";
import type { Engine } from "../game/engine";
import type { Launch } from "../telegram/launch";
import { applyPalette, palette } from "../telegram/theme";
import type { WebApp } from "../telegram/webapp";
import { fullscreen, homeScreenOffered, pending, tab } from "../ui/model";

/** Applies Telegram's colours now and whenever they change. */
export function followTheme(app: WebApp, launch: Launch): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let theme = launch.theme;
  const paint = () => {
    const current = palette(theme, dark.matches ? "dark" : "light");
    applyPalette(current, document.documentElement);
    app.paint(current.bg, current.card);
  };
  app.bridge.on("theme_changed", (data) => {
    theme = (data["theme_params"] ?? {}) as Record<string, string>;
    paint();
  });
  dark.addEventListener("change", paint);
  paint();
}

/** Keeps the safe areas of the phone and of Telegram's header in CSS variables. */
export function followSafeAreas(app: WebApp): void {
  const root = document.documentElement.style;
  for (const [event, prefix] of [["safe_area_changed", "safe"], ["content_safe_area_changed", "content"]] as const) {
    app.bridge.on(event, (data) => {
      for (const side of ["top", "bottom", "left", "right"]) {
        root.setProperty(`--${prefix}-${side}`, `${Number(data[side]) || 0}px`);
      }
    });
  }
}

/**
 * Connects Telegram's buttons and events with the state of the page. Closing asks only where unsent taps would be lost:
 * where the device keeps them (`durable`), the next launch sends them.
 */
export function connectWidgets(app: WebApp, engine: Engine, durable: () => boolean): void {
  const { bridge } = app;
  bridge.on("visibility_changed", (data) => engine.setVisible(data["is_visible"] !== false && !document.hidden));

  bridge.on("back_button_pressed", () => (tab.value = "play"));
  effect(() => app.backButton(tab.value !== "play"));
  bridge.on("settings_button_pressed", () => (tab.value = "profile"));

  const atRisk = computed(() => pending.value > 0 && !durable());
  effect(() => app.confirmClosing(atRisk.value));

  bridge.on("fullscreen_changed", (data) => (fullscreen.value = data["is_fullscreen"] === true));
  bridge.on("fullscreen_failed", (data) => {
    if (data["error"] === "UNSUPPORTED") fullscreen.value = null;
  });
  bridge.on("home_screen_checked", (data) => {
    homeScreenOffered.value = data["status"] === "missed" || data["status"] === "unknown";
  });
  bridge.on("home_screen_added", () => (homeScreenOffered.value = false));
}

/** Whether the client draws Telegram's widgets: Telegram's own clients do, a sign-in page does not. */
export function hasNativeWidgets(app: WebApp): boolean {
  return app.bridge.available && app.platform !== "web" && app.platform !== "unknown";
}
