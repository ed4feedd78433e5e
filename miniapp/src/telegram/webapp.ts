import { isVersionAtLeast, type Bridge } from "./bridge";

/** The version of the Mini App API since which a client can do it. */
const SINCE = {
  back_button: "6.1",
  haptics: "6.1",
  tg_link: "6.1",
  closing: "6.2",
  popup: "6.2",
  cloud: "6.9",
  settings_button: "7.0",
  swipes: "7.7",
  fullscreen: "8.0",
  home_screen: "8.0",
  safe_area: "8.0",
  share_message: "8.0",
} as const;

export type Feature = keyof typeof SINCE;

const ANSWER_MS = 10_000;
/** A dialog stays open for as long as somebody ponders. */
const DIALOG_MS = 5 * 60_000;

/** What an event's data means to whoever waits for it; undefined where it is meant for another. */
type Meaning<T> = (data: Record<string, unknown>) => T | undefined;

/** Telegram's widgets, each checked: what a client does not have is left out silently. */
export class WebApp {
  private request_id = 0;

  constructor(
    readonly bridge: Bridge,
    private readonly version: string,
    readonly platform: string,
  ) {}

  has(feature: Feature): boolean {
    return this.bridge.available && isVersionAtLeast(this.version, SINCE[feature]);
  }

  /** Says that the page can be seen, and asks for room and for swipes to be left to the game. */
  ready(): void {
    this.bridge.on("reload_iframe", () => {
      this.bridge.post("iframe_will_reload");
      location.reload();
    });
    this.bridge.post("iframe_ready", { reload_supported: true });
    this.bridge.post("web_app_ready");
    this.bridge.post("web_app_expand");
    // A fast swipe over the button would else close the game in the middle of a burst.
    this.when("swipes", "web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
    this.when("safe_area", "web_app_request_safe_area");
    this.when("safe_area", "web_app_request_content_safe_area");
    this.when("home_screen", "web_app_check_home_screen");
    this.when("settings_button", "web_app_setup_settings_button", { is_visible: true });
  }

  paint(header: string, bottom: string): void {
    this.bridge.post("web_app_set_header_color", { color: header });
    this.bridge.post("web_app_set_background_color", { color: header });
    this.bridge.post("web_app_set_bottom_bar_color", { color: bottom });
  }

  impact(): boolean {
    return this.when("haptics", "web_app_trigger_haptic_feedback", { type: "impact", impact_style: "light" });
  }

  notifyHaptic(notification_type: "success" | "warning" | "error"): void {
    this.when("haptics", "web_app_trigger_haptic_feedback", { type: "notification", notification_type });
  }

  backButton(is_visible: boolean): void {
    this.when("back_button", "web_app_setup_back_button", { is_visible });
  }

  confirmClosing(need_confirmation: boolean): void {
    this.when("closing", "web_app_setup_closing_behavior", { need_confirmation });
  }

  /** The button below the page; null hides it. */
  mainButton(text: string | null, busy: boolean, look: { color: string; text_color: string }): void {
    const is_visible = text !== null;
    const face = { text: text ?? "", is_active: is_visible && !busy, is_progress_visible: busy };
    this.bridge.post("web_app_setup_main_button", { is_visible, ...face, ...look });
  }

  close(): void {
    this.bridge.post("web_app_close");
  }

  openTelegramLink(url: string): boolean {
    const { pathname, search } = new URL(url);
    return this.when("tg_link", "web_app_open_tg_link", { path_full: pathname + search });
  }

  requestFullscreen(): void {
    this.when("fullscreen", "web_app_request_fullscreen");
  }

  exitFullscreen(): void {
    this.when("fullscreen", "web_app_exit_fullscreen");
  }

  addToHomeScreen(): void {
    this.when("home_screen", "web_app_add_to_home_screen");
  }

  /** Asks yes or no in Telegram's popup; null where there is none, or nobody answered. */
  async confirm(title: string, message: string, yes: string, no: string): Promise<boolean | null> {
    if (!this.has("popup")) return null;
    const buttons = [
      { id: "yes", type: "default", text: yes },
      { id: "no", type: "default", text: no },
    ];
    const closed = this.next({ popup_closed: (data) => data["button_id"] === "yes" }, DIALOG_MS);
    this.bridge.post("web_app_open_popup", { title, message, buttons });
    return closed;
  }

  /** Lets the player send a message that the bot has prepared to chats of theirs. */
  async shareMessage(id: string): Promise<"sent" | "declined" | "failed"> {
    if (!this.has("share_message")) return "failed";
    const ended = this.next(
      {
        prepared_message_sent: () => "sent" as const,
        prepared_message_failed: ({ error }) => (error === "USER_DECLINED" ? "declined" : "failed"),
      },
      DIALOG_MS,
    );
    this.bridge.post("web_app_send_prepared_message", { id });
    return (await ended) ?? "declined";
  }

  /** Calls one of Telegram's storage methods; throws where it fails or does not answer. */
  async invoke(method: string, params: object): Promise<unknown> {
    if (!this.has("cloud")) throw new Error("no cloud storage here");
    const req_id = `tapstack${++this.request_id}`;
    const answer = this.next(
      { custom_method_invoked: (data) => (data["req_id"] === req_id ? data : undefined) },
      ANSWER_MS,
    );
    this.bridge.post("web_app_invoke_custom_method", { req_id, method, params });
    const data = await answer;
    if (!data || data["error"]) throw new Error(String(data?.["error"] ?? "no answer"));
    return data["result"];
  }

  /** What the first of these events means that is meant for the caller; null where none comes in time. */
  private next<T>(events: Record<string, Meaning<T>>, within_ms: number): Promise<T | null> {
    return new Promise((resolve) => {
      const done = (meant: T | null) => {
        clearTimeout(timer);
        for (const end of ends) end();
        resolve(meant);
      };
      const timer = setTimeout(() => done(null), within_ms);
      const ends = Object.entries(events).map(([event, meaning]) =>
        this.bridge.on(event, (data) => {
          const meant = meaning(data);
          if (meant !== undefined) done(meant);
        }),
      );
    });
  }

  private when(feature: Feature, event: string, data: object = {}): boolean {
    if (!this.has(feature)) return false;
    this.bridge.post(event, data);
    return true;
  }
}
