// Assembles the page.

import { showChats, prepareHead } from "./chats.js";
import { showComposer } from "./composer.js";
import { complain } from "./dialogs.js";
import { icon } from "./dom.js";
import { openTyped } from "./links.js";
import { showMessages } from "./messages.js";
import { startAsUser, choosePerson } from "./people.js";
import { on } from "./store.js";
import { onTheme, themeName, toggleTheme } from "./theme.js";

const theme = document.getElementById("theme");

function showTheme() {
  theme.replaceChildren(icon(themeName() === "dark" ? "sun" : "moon"));
  theme.setAttribute("aria-pressed", String(themeName() === "dark"));
}

theme.addEventListener("click", toggleTheme);
onTheme(showTheme);
showTheme();

document.getElementById("me").addEventListener("click", choosePerson);
document.getElementById("deep-link").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.getElementById("deep-link-text");
  openTyped(input.value);
  input.value = "";
  document.getElementById("page").classList.add("in-chat");
});

on("state", () => {
  showChats();
  showMessages();
  showComposer();
});

prepareHead();
startAsUser()
  .then(() => {
    // The page's own address may carry a deep link: ?start=ref_abc or ?startapp=ref_abc.
    const query = new URLSearchParams(location.search);
    const requested = ["start", "startapp"].find((name) => query.has(name));
    if (requested) openTyped(`?${requested}=${query.get(requested)}`);
    document.getElementById("page").classList.add("in-chat");
    document.documentElement.dataset.ready = "true";
  })
  .catch(complain);
