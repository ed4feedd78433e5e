// The panel of a Mini App: its frame, its head, its buttons. The messages to and from the app are in bridge.js.

import { Bridge } from "./bridge.js";
import { ask } from "./dialogs.js";
import { el, icon, openMenu } from "./dom.js";
import { store } from "./store.js";
import { onTheme, themeParams } from "./theme.js";

const place = document.getElementById("app");
const SANDBOX = [
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-modals",
  "allow-downloads allow-storage-access-by-user-activation",
].join(" ");
const narrow = matchMedia("(max-width: 900px)");

export class Panel {
  constructor(launch) {
    this.launch = launch;
    this.isExpanded = !narrow.matches;
    this.isFullscreen = false;
    this.confirmClosing = false;
    this.hasSettings = false;
    this.colours = {};
    this.buttons = { main: {}, secondary: {} };
    this.build();
    this.bridge = new Bridge(this);
    this.forget = [listen(window, "resize", () => this.bridge.viewport()), listen(document, "visibilitychange", () => this.visible())];
    onTheme(() => this.bridge && (this.bridge.theme(), this.paint()));
    this.frame.src = launch.address;
    this.paint();
  }

  build() {
    const label = `${store.bot.name} Mini App`;
    this.backButton = el("button.icon-button", { type: "button", "aria-label": "Close", onclick: () => this.backPressed() }, icon("close"));
    this.haptic = el("span.haptic", { "aria-hidden": "true" });
    const more = el("button.icon-button", { type: "button", "aria-label": "Mini App menu", "aria-haspopup": "menu" }, icon("more"));
    more.addEventListener("click", () => openMenu(more, this.choices()));
    const fold = el("button.icon-button", { type: "button", "aria-label": "Minimize", onclick: () => this.minimize() }, icon("minus"));
    this.fold = fold;
    this.title = el("h2.app-title", {}, store.bot.name, el("span.hint", {}, "mini app"));
    this.head = el("header.app-head", {}, this.backButton, this.title, this.haptic, fold, more);
    this.frame = el("iframe.app-frame", { title: label, sandbox: SANDBOX, allow: "fullscreen; clipboard-write; gyroscope; accelerometer" });
    this.cover = el("div.app-cover", { role: "status" }, "Loading…");
    this.bar = el("div.app-bar", { hidden: true });
    place.replaceChildren(this.head, el("div.app-body", {}, this.frame, this.cover), this.bar);
    place.hidden = false;
    place.className = `app${this.isExpanded ? " expanded" : ""}`;
    document.getElementById("page").classList.add("with-app");
  }

  choices() {
    return [
      this.hasSettings && { text: "Settings", act: () => this.bridge.send("settings_button_pressed") },
      { text: "Reload page", act: () => this.reload() },
      { text: "Add to home screen", act: () => this.bridge.addToHomeScreen() },
      this.isFullscreen && { text: "Leave fullscreen", act: () => this.setFullscreen(false) },
      !this.isExpanded && { text: "Expand", act: () => this.expand() },
    ];
  }

  reload() {
    this.cover.hidden = false;
    this.frame.src = "about:blank";
    requestAnimationFrame(() => (this.frame.src = this.launch.address));
  }

  ready() {
    this.cover.hidden = true;
  }

  expand() {
    this.isExpanded = true;
    place.classList.add("expanded");
    this.bridge.viewport();
  }

  setFullscreen(on) {
    this.isFullscreen = on;
    if (on) this.isExpanded = true;
    place.classList.toggle("fullscreen", on);
    place.classList.toggle("expanded", this.isExpanded);
    this.bridge.send("fullscreen_changed", { is_fullscreen: on });
    this.bridge.safeAreas();
    this.bridge.viewport();
  }

  minimize() {
    const folded = place.classList.toggle("minimized");
    this.fold.setAttribute("aria-label", folded ? "Restore" : "Minimize");
    this.visible();
  }

  visible() {
    const shown = !document.hidden && !place.classList.contains("minimized");
    this.bridge.send("visibility_changed", { is_visible: shown });
  }

  setBackButton(shown) {
    this.hasBack = shown;
    this.backButton.setAttribute("aria-label", shown ? "Back" : "Close");
    this.backButton.replaceChildren(icon(shown ? "back" : "close"));
  }

  backPressed() {
    if (this.hasBack) this.bridge.send("back_button_pressed");
    else this.close();
  }

  setButton(which, given) {
    this.buttons[which] = { ...this.buttons[which], ...given };
    this.showButtons();
  }

  showButtons() {
    const { main, secondary } = this.buttons;
    const shown = [];
    if (main.is_visible) shown.push(this.button("main", main, themeParams().button_color, themeParams().button_text_color));
    if (secondary.is_visible) {
      const button = this.button("secondary", secondary, themeParams().bottom_bar_bg_color, themeParams().button_color);
      if (["right", "bottom"].includes(secondary.position)) shown.push(button);
      else shown.unshift(button);
    }
    const stacked = ["top", "bottom"].includes(secondary.position);
    this.bar.classList.toggle("stacked", stacked);
    this.bar.replaceChildren(...shown);
    const was = this.bar.hidden;
    this.bar.hidden = !shown.length;
    if (was !== this.bar.hidden) this.bridge.viewport();
  }

  button(which, given, colour, textColour) {
    const press = () => this.bridge.send(`${which}_button_pressed`);
    const button = el(
      `button.app-button${given.has_shine_effect ? ".shine" : ""}`,
      { type: "button", onclick: press, disabled: given.is_active === false, "aria-busy": given.is_progress_visible ? "true" : null },
      given.is_progress_visible ? el("span.progress", { "aria-label": "Busy" }) : (given.text ?? "Continue"),
    );
    button.style.background = given.color ?? colour;
    button.style.color = given.text_color ?? textColour;
    return button;
  }

  setColour(part, value) {
    this.colours[part] = value;
    this.paint();
  }

  paint() {
    const named = (value) => themeParams()[value] ?? value;
    const head = named(this.colours.header ?? "header_bg_color");
    this.head.style.background = head;
    this.head.style.color = isDark(head) ? "#ffffff" : "#000000";
    place.style.background = named(this.colours.background ?? "bg_color");
    this.bar.style.background = named(this.colours.bottom ?? "bottom_bar_bg_color");
    if (this.bridge) this.showButtons();
  }

  /** Show a vibration that nobody feels. */
  vibrate(what) {
    this.haptic.textContent = what;
    this.haptic.classList.remove("shake");
    void this.haptic.offsetWidth;
    this.haptic.classList.add("shake");
  }

  async close(force = false) {
    if (this.confirmClosing && !force) {
      const buttons = [{ id: "no", text: "Cancel" }, { id: "yes", text: "Close anyway", kind: "destructive" }];
      if ((await ask({ title: store.bot.name, message: "Changes that you made may not be saved.", buttons })) !== "yes") return;
    }
    this.destroy();
  }

  destroy() {
    if (!this.bridge) return;
    this.bridge.close();
    this.bridge = null;
    this.forget.forEach((end) => end());
    place.hidden = true;
    place.replaceChildren();
    place.removeAttribute("style");
    document.getElementById("page").classList.remove("with-app");
    this.launch.closed();
  }
}

function listen(target, kind, listener) {
  target.addEventListener(kind, listener);
  return () => target.removeEventListener(kind, listener);
}

function isDark(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return Math.sqrt(0.299 * red * red + 0.587 * green * green + 0.114 * blue * blue) < 120;
}
