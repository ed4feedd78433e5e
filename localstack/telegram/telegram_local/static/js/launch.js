// Opening a Mini App: its signed address from the server, its panel on the page.

import { act } from "./api.js";
import { ask, complain } from "./dialogs.js";
import { Panel } from "./panel.js";
import { chat, store } from "./store.js";
import { themeParams } from "./theme.js";

let panel = null;
const trusted = new Set();

/** Open a Mini App: `{kind: menu | button | main | keyboard | inline_mode, url?, title?, start_param?}`. */
export async function launchApp(given) {
  if (!(await confirmed())) return;
  const own = given.kind === "main" || given.kind === "menu";
  const chatId = own ? store.user.id : chat().id;
  const request = { user: store.user.id, chat: chatId, theme: themeParams(), ...given };
  const opened = await act("launch", request).catch(complain);
  if (!opened) return;
  panel?.destroy();
  panel = new Panel({ ...given, chatId, address: opened.url, closed: () => (panel = null) });
}

/** As in Telegram, the first launch of a bot's app asks. */
async function confirmed() {
  const key = `${store.user.id}`;
  if (trusted.has(key) || localStorage.getItem(`trusted-${key}`)) return true;
  const name = store.bot.name;
  const answer = await ask({
    title: name,
    message: `To launch this web app, you will connect to its website. ${name} will see your name and id.`,
    buttons: [{ id: "no", text: "Cancel" }, { id: "yes", text: "Launch", kind: "primary" }],
  });
  if (answer !== "yes") return false;
  trusted.add(key);
  localStorage.setItem(`trusted-${key}`, "1");
  return true;
}
