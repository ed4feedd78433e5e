// Telegram Web's messages with a Mini App, both ways: JSON texts {eventType, eventData} by postMessage.
// https://docs.telegram-mini-apps.com/platform/methods and /events; telegram-web-app.js is the other side.

import { act } from "./api.js";
import { toast } from "./dialogs.js";
import * as requests from "./bridge_requests.js";
import { emit } from "./page_events.js";
import { themeParams } from "./theme.js";

const HEAD_PX = 56;

export class Bridge {
  constructor(panel) {
    this.panel = panel;
    this.origin = new URL(panel.launch.address).origin;
    this.listener = (event) => this.receive(event);
    window.addEventListener("message", this.listener);
  }

  close() {
    window.removeEventListener("message", this.listener);
  }

  /** Send an event to the app. */
  send(eventType, eventData) {
    this.panel.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), this.origin);
  }

  receive(event) {
    if (event.source !== this.panel.frame.contentWindow || typeof event.data !== "string") return;
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    const data = typeof message.eventData === "string" && message.eventData ? parsed(message.eventData) : message.eventData;
    const handler = HANDLERS[message.eventType];
    if (handler) handler(this, this.panel, data ?? {});
    else if (String(message.eventType).startsWith("web_app_")) console.info("Not in the local Telegram:", message.eventType);
  }

  theme() {
    this.send("theme_changed", { theme_params: themeParams() });
  }

  viewport() {
    const { clientWidth: width, clientHeight: height } = this.panel.frame;
    this.send("viewport_changed", { width, height, is_state_stable: true, is_expanded: this.panel.isExpanded });
  }

  safeAreas() {
    const none = { top: 0, bottom: 0, left: 0, right: 0 };
    this.send("safe_area_changed", none);
    this.send("content_safe_area_changed", { ...none, top: this.panel.isFullscreen ? HEAD_PX : 0 });
  }

  async addToHomeScreen() {
    await act("home_screen", { user: requests.userId(), add: true });
    toast("Added to the home screen");
    this.send("home_screen_added");
  }

  answer(eventType, promise) {
    promise.then((data) => this.send(eventType, data)).catch(() => {});
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const unsupported = (eventType, data = { error: "UNSUPPORTED" }) => (bridge) => bridge.send(eventType, data);

const HANDLERS = {
  iframe_ready: (bridge) => bridge.send("set_custom_style", ""),
  iframe_will_reload: (_, panel) => (panel.cover.hidden = false),
  web_app_ready: (_, panel) => panel.ready(),
  web_app_expand: (_, panel) => panel.expand(),
  web_app_close: (_, panel) => panel.close(true),
  web_app_request_theme: (bridge) => bridge.theme(),
  web_app_request_viewport: (bridge) => bridge.viewport(),
  web_app_request_safe_area: (bridge) => bridge.safeAreas(),
  web_app_request_content_safe_area: (bridge) => bridge.safeAreas(),
  web_app_setup_back_button: (_, panel, data) => panel.setBackButton(Boolean(data.is_visible)),
  web_app_setup_main_button: (_, panel, data) => panel.setButton("main", data),
  web_app_setup_secondary_button: (_, panel, data) => panel.setButton("secondary", data),
  web_app_setup_settings_button: (_, panel, data) => (panel.hasSettings = Boolean(data.is_visible)),
  web_app_setup_closing_behavior: (_, panel, data) => (panel.confirmClosing = Boolean(data.need_confirmation)),
  web_app_setup_swipe_behavior: (_, panel, data) => (panel.swipes = Boolean(data.allow_vertical_swipe)),
  web_app_set_header_color: (_, panel, data) => panel.setColour("header", data.color ?? data.color_key),
  web_app_set_background_color: (_, panel, data) => panel.setColour("background", data.color),
  web_app_set_bottom_bar_color: (_, panel, data) => panel.setColour("bottom", data.color),
  web_app_trigger_haptic_feedback: (_, panel, data) =>
    panel.vibrate(data.impact_style ?? data.notification_type ?? "selection"),
  web_app_request_fullscreen: (bridge, panel) =>
    panel.isFullscreen ? bridge.send("fullscreen_failed", { error: "ALREADY_FULLSCREEN" }) : panel.setFullscreen(true),
  web_app_exit_fullscreen: (_, panel) => panel.isFullscreen && panel.setFullscreen(false),
  web_app_open_popup: (bridge, _, data) => bridge.answer("popup_closed", requests.popup(data)),
  web_app_open_link: (_, __, data) => emit("open-link", data.url),
  web_app_open_tg_link: (_, panel, data) => {
    panel.close(true);
    emit("open-telegram-link", new URL(data.path_full, "https://t.me"));
  },
  web_app_check_home_screen: (bridge) => bridge.answer("home_screen_checked", requests.homeScreen()),
  web_app_add_to_home_screen: (bridge) => bridge.addToHomeScreen(),
  web_app_invoke_custom_method: (bridge, _, data) => bridge.answer("custom_method_invoked", requests.customMethod(data)),
  web_app_send_prepared_message: (bridge, _, data) =>
    requests.sendPrepared(data.id).then(
      () => bridge.send("prepared_message_sent"),
      (error) => bridge.send("prepared_message_failed", { error: error.message }),
    ),
  web_app_share_to_story: (_, __, data) => requests.shareToStory(data),
  web_app_data_send: (_, panel, data) => requests.sendData(panel, data.data),
  web_app_switch_inline_query: (_, panel, data) => requests.switchInline(panel, data),
  web_app_read_text_from_clipboard: (bridge, _, data) => bridge.answer("clipboard_text_received", requests.clipboard(data.req_id)),
  web_app_request_write_access: (bridge) => bridge.answer("write_access_requested", requests.writeAccess()),
  web_app_request_phone: (bridge) => bridge.answer("phone_requested", requests.phone()),
  web_app_open_invoice: (bridge, _, data) => {
    toast("The local Telegram takes no payments");
    bridge.send("invoice_closed", { slug: data.slug, status: "cancelled" });
  },
  web_app_request_file_download: (bridge, _, data) => {
    emit("open-link", data.url);
    bridge.send("file_download_requested", { status: "downloading" });
  },
  web_app_device_storage_save_key: (bridge, _, data) => requests.deviceStorage(bridge, "save", data),
  web_app_device_storage_get_key: (bridge, _, data) => requests.deviceStorage(bridge, "get", data),
  web_app_device_storage_clear: (bridge, _, data) => requests.deviceStorage(bridge, "clear", data),
  web_app_secure_storage_save_key: (bridge, _, data) =>
    bridge.send("secure_storage_failed", { req_id: data.req_id, error: "UNSUPPORTED" }),
  web_app_secure_storage_get_key: (bridge, _, data) =>
    bridge.send("secure_storage_failed", { req_id: data.req_id, error: "UNSUPPORTED" }),
  web_app_biometry_get_info: unsupported("biometry_info_received", { available: false }),
  web_app_check_location: unsupported("location_checked", { available: false }),
  web_app_request_location: unsupported("location_requested", { available: false }),
  web_app_open_scan_qr_popup: unsupported("scan_qr_popup_closed", {}),
  web_app_request_emoji_status_access: unsupported("emoji_status_access_requested", { status: "cancelled" }),
  web_app_set_emoji_status: unsupported("emoji_status_failed", { error: "USER_DECLINED" }),
  web_app_start_accelerometer: unsupported("accelerometer_failed"),
  web_app_start_gyroscope: unsupported("gyroscope_failed"),
  web_app_start_device_orientation: unsupported("device_orientation_failed"),
};
