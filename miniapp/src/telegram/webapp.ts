import { isVersionAtLeast, type Bridge } from "./bridge";

/** The version of the Mini App API that introduced each feature. */
const SINCE = {
  back_button: "6.1",
  haptics: "6.1",
  tg_link: "6.1",
  closing: "6.2",
  cloud: "6.9",
  write_access: "6.9",
  settings_button: "7.0",
  swipes: "7.7",
  fullscreen: "8.0",
  home_screen: "8.0",
  safe_area: "8.0",
  share_message: "8.0",
} as const;

export type Feature = keyof typeof SINCE;

const ANSWER_MS = 10_000;
/** A dialog stays open while the player decides. */
const DIALOG_MS = 5 * 60_000;

/** Parses an event's data; undefined if the event is meant for somebody else. */
type Parser<T> = (data: Record<string, unknown>) => T | undefined;

/** Telegram's widgets; calls to features that the client lacks are skipped silently. */
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

  /** Says that the page is ready, and asks for full height and for swipes to be left to the game. */
  ready(): void {
    this.bridge.on("reload_iframe", () => {
      this.bridge.post("iframe_will_reload");
      location.reload();
    });
    this.bridge.post("iframe_ready", { reload_supported: true });
    this.bridge.post("web_app_ready");
    this.bridge.post("web_app_expand");
    // Otherwise a fast swipe over the button would close the game in the middle of a burst.
    this.postIf("swipes", "web_app_setup_swipe_behavior", { allow_vertical_swipe: false });
    this.postIf("safe_area", "web_app_request_safe_area");
    this.postIf("safe_area", "web_app_request_content_safe_area");
    this.postIf("home_screen", "web_app_check_home_screen");
    this.postIf("settings_button", "web_app_setup_settings_button", { is_visible: true });
  }

  paint(header: string, bottom: string): void {
    this.bridge.post("web_app_set_header_color", { color: header });
    this.bridge.post("web_app_set_background_color", { color: header });
    this.bridge.post("web_app_set_bottom_bar_color", { color: bottom });
  }

  /** False where there are no haptics. */
  impact(impact_style: "light" | "medium" | "heavy"): boolean {
    return this.postIf("haptics", "web_app_trigger_haptic_feedback", { type: "impact", impact_style });
  }

  /** False where there are no haptics. */
  notifyHaptic(notification_type: "success" | "warning" | "error"): boolean {
    return this.postIf("haptics", "web_app_trigger_haptic_feedback", { type: "notification", notification_type });
  }

  backButton(is_visible: boolean): void {
    this.postIf("back_button", "web_app_setup_back_button", { is_visible });
  }

  confirmClosing(need_confirmation: boolean): void {
    this.postIf("closing", "web_app_setup_closing_behavior", { need_confirmation });
  }

  close(): void {
    this.bridge.post("web_app_close");
  }

  openTelegramLink(url: string): boolean {
    const { pathname, search } = new URL(url);
    return this.postIf("tg_link", "web_app_open_tg_link", { path_full: pathname + search });
  }

  requestFullscreen(): void {
    this.postIf("fullscreen", "web_app_request_fullscreen");
  }

  exitFullscreen(): void {
    this.postIf("fullscreen", "web_app_exit_fullscreen");
  }

  addToHomeScreen(): void {
    this.postIf("home_screen", "web_app_add_to_home_screen");
  }

  /** Asks the player whether the bot may write to them; false if they refuse, or the client can't ask. */
  async requestWriteAccess(): Promise<boolean> {
    if (!this.has("write_access")) return false;
    const answered = this.nextEvent({ write_access_requested: (data) => data["status"] === "allowed" }, DIALOG_MS);
    this.bridge.post("web_app_request_write_access");
    return (await answered) ?? false;
  }

  /** Lets the player send a prepared message to chats of their choice. */
  async shareMessage(id: string): Promise<"sent" | "declined" | "failed"> {
    if (!this.has("share_message")) return "failed";
    const ended = this.nextEvent(
      {
        prepared_message_sent: () => "sent" as const,
        prepared_message_failed: ({ error }) => (error === "USER_DECLINED" ? "declined" : "failed"),
      },
      DIALOG_MS,
    );
    this.bridge.post("web_app_send_prepared_message", { id });
    return (await ended) ?? "declined";
  }

  /** Calls one of Telegram's storage methods; throws if it fails or does not answer. */
  async invoke(method: string, params: object): Promise<unknown> {
    if (!this.has("cloud")) throw new Error("no cloud storage here");
    const req_id = `tapstack${++this.request_id}`;
    const answer = this.nextEvent(
      { custom_method_invoked: (data) => (data["req_id"] === req_id ? data : undefined) },
      ANSWER_MS,
    );
    this.bridge.post("web_app_invoke_custom_method", { req_id, method, params });
    const data = await answer;
    if (!data || data["error"]) throw new Error(String(data?.["error"] ?? "no answer"));
    return data["result"];
  }

  /** Waits for the first of these events that parses; null if none comes in time. */
  private nextEvent<T>(events: Record<string, Parser<T>>, within_ms: number): Promise<T | null> {
    return new Promise((resolve) => {
      const done = (result: T | null) => {
        clearTimeout(timer);
        for (const end of ends) end();
        resolve(result);
      };
      const timer = setTimeout(() => done(null), within_ms);
      const ends = Object.entries(events).map(([event, parse]) =>
        this.bridge.on(event, (data) => {
          const parsed = parse(data);
          if (parsed !== undefined) done(parsed);
        }),
      );
    });
  }

  private postIf(feature: Feature, event: string, data: object = {}): boolean {
    if (!this.has(feature)) return false;
    this.bridge.post(event, data);
    return true;
  }
}
