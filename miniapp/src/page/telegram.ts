import { computed, effect, untracked } from "@preact/signals";
import type { Engine } from "../game/engine";
import { t } from "../i18n";
import type { Launch } from "../telegram/launch";
import { applyPalette, palette, type Palette } from "../telegram/theme";
import type { WebApp } from "../telegram/webapp";
import { expiredText, fullscreen, homeScreenOffered, inviteState, pending, reason, status, tab, type Actions } from "../ui/model";

/** Applies Telegram's colours now and whenever they change; the returned function gives the current palette. */
export function followTheme(app: WebApp, launch: Launch): () => Palette {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let theme = launch.theme;
  let current: Palette;
  const paint = () => {
    current = palette(theme, dark.matches ? "dark" : "light");
    applyPalette(current, document.documentElement);
    app.paint(current.bg, current.card);
  };
  app.bridge.on("theme_changed", (data) => {
    theme = (data["theme_params"] ?? {}) as Record<string, string>;
    paint();
  });
  dark.addEventListener("change", paint);
  paint();
  return () => current;
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

/** Connects Telegram's buttons and events with the state of the page. */
export function connectWidgets(app: WebApp, engine: Engine, actions: Actions, colors: () => Palette): void {
  const { bridge } = app;
  bridge.on("visibility_changed", (data) => engine.setVisible(data["is_visible"] !== false && !document.hidden));

  bridge.on("back_button_pressed", () => (tab.value = "play"));
  effect(() => app.backButton(tab.value !== "play"));
  bridge.on("settings_button_pressed", () => (tab.value = "profile"));

  const unsent = computed(() => pending.value > 0);
  effect(() => app.confirmClosing(unsent.value));

  bridge.on("fullscreen_changed", (data) => (fullscreen.value = data["is_fullscreen"] === true));
  bridge.on("fullscreen_failed", (data) => {
    if (data["error"] === "UNSUPPORTED") fullscreen.value = null;
  });
  bridge.on("home_screen_checked", (data) => {
    homeScreenOffered.value = data["status"] === "missed" || data["status"] === "unknown";
  });
  bridge.on("home_screen_added", () => (homeScreenOffered.value = false));

  effect(() => {
    if (status.value === "expired") void untracked(() => offerToClose(app));
  });
  if (hasNativeWidgets(app)) connectMainButton(app, actions, colors);
}

async function offerToClose(app: WebApp): Promise<void> {
  const closes = await app.confirm(t("expired_title"), t(expiredText(reason.value)), t("close"), t("later"));
  if (closes) app.close();
}

/** Whether the client draws Telegram's widgets: Telegram's own clients do, a sign-in page does not. */
export function hasNativeWidgets(app: WebApp): boolean {
  return app.bridge.available && app.platform !== "web" && app.platform !== "unknown";
}

function connectMainButton(app: WebApp, actions: Actions, colors: () => Palette): void {
  const wanted = computed((): { text: string; run: () => void } | null => {
    if (status.value === "expired") return { text: t("close"), run: () => app.close() };
    if (tab.value === "friends" && actions.canInvite()) return { text: t("invite"), run: () => void actions.invite() };
    return null;
  });
  app.bridge.on("main_button_pressed", () => wanted.peek()?.run());
  effect(() => {
    const { accent: color, "accent-text": text_color } = colors();
    app.mainButton(wanted.value?.text ?? null, inviteState.value === "busy", { color, text_color });
  });
}
