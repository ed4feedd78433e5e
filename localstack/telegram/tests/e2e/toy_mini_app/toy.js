// Speaks to Telegram's web client directly, and writes down what it hears.
const launch = new URLSearchParams(location.hash.slice(1));
const initData = new URLSearchParams(launch.get("tgWebAppData"));
const heard = document.getElementById("heard");
window.events = [];

function post(eventType, eventData = "") {
  parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

addEventListener("message", (event) => {
  if (event.source !== parent) return;
  const { eventType, eventData } = JSON.parse(event.data);
  events.push([eventType, eventData]);
  const line = document.createElement("li");
  line.textContent = `${eventType} ${JSON.stringify(eventData ?? null)}`;
  heard.append(line);
  if (eventType === "theme_changed") {
    document.body.style.background = eventData.theme_params.bg_color;
    document.body.style.color = eventData.theme_params.text_color;
  }
});

document.getElementById("user").textContent = initData.get("user") ?? "nobody";
document.getElementById("start").textContent = `start_param: ${initData.get("start_param") ?? ""}`;
document.getElementById("haptic").onclick = () => post("web_app_trigger_haptic_feedback", { type: "impact", impact_style: "heavy" });
document.getElementById("popup").onclick = () =>
  post("web_app_open_popup", { title: "Reset?", message: "All is lost.", buttons: [{ id: "yes", type: "destructive", text: "Reset" }, { id: "no", type: "cancel" }] });
document.getElementById("store").onclick = () => {
  post("web_app_invoke_custom_method", { req_id: "1", method: "saveStorageValue", params: { key: "taps", value: "7" } });
  post("web_app_invoke_custom_method", { req_id: "2", method: "getStorageValues", params: { keys: ["taps"] } });
};
document.getElementById("fullscreen").onclick = () => post("web_app_request_fullscreen");
document.getElementById("close").onclick = () => post("web_app_close");
post("iframe_ready", { reload_supported: true });
post("web_app_request_theme");
post("web_app_request_viewport");
post("web_app_request_safe_area");
post("web_app_setup_back_button", { is_visible: true });
post("web_app_setup_settings_button", { is_visible: true });
post("web_app_setup_main_button", { is_visible: true, is_active: true, text: "TAP" });
post("web_app_setup_closing_behavior", { need_confirmation: true });
post("web_app_check_home_screen");
post("web_app_ready");
