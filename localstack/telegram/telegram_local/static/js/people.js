// Choosing the current user.

import { act } from "./api.js";
import { complain, openWindow } from "./dialogs.js";
import { avatar, el } from "./dom.js";
import { become, store } from "./store.js";

const PREDEFINED = [
  { id: 5000000001, first_name: "Ada", last_name: "Lovelace", username: "ada", language_code: "en" },
  { id: 5000000002, first_name: "Grace", last_name: "Hopper", username: "grace", language_code: "en" },
  { id: 5000000003, first_name: "Sofya", last_name: "Kovalevskaya", username: "sofya", language_code: "ru" },
  { id: 5000000004, first_name: "<b>&", last_name: "", username: "", language_code: "en" },
];
const LANGUAGES = { en: "English", ru: "Русский", de: "Deutsch", es: "Español", fr: "Français", uk: "Українська" };

/** Start as the previous user, or as Ada. */
export async function startAsUser() {
  const known = await act("users");
  for (const person of PREDEFINED) {
    if (!known.some((user) => user.id === person.id)) known.push(await act("make_user", person));
  }
  const last = Number(localStorage.getItem("user"));
  await become(known.some((user) => user.id === last) ? last : PREDEFINED[0].id);
}

/** A user's full name. */
export const fullName = (user) => `${user.first_name} ${user.last_name ?? ""}`.trim();

/** The dialog with all users. */
export async function choosePerson() {
  const users = await act("users").catch(complain);
  if (!users) return;
  openWindow("Who are you?", (close) => {
    const list = el("div.people");
    for (const user of users) {
      const pick = () => {
        close();
        become(user.id).catch(complain);
      };
      list.append(
        el(
          "button.person",
          { type: "button", onclick: pick, "aria-current": user.id === store.user.id ? "true" : false },
          avatar(el("span", { "aria-hidden": "true" }), fullName(user), user.id, "small"),
          el("span.person-name", {}, fullName(user)),
          el("span.hint", {}, `${user.language_code}${user.blocked ? " · has blocked the bot" : ""}`),
        ),
      );
    }
    return el("div", {}, languageOfMine(close), list, newPerson(close));
  });
}

function languageSelect(chosen) {
  const select = el("select", { name: "language_code", "aria-label": "Language" });
  for (const [code, text] of Object.entries(LANGUAGES)) {
    select.append(el("option", { value: code, selected: code === chosen }, text));
  }
  return select;
}

function languageOfMine(close) {
  const select = languageSelect(store.user.language_code);
  select.addEventListener("change", () => {
    close();
    act("make_user", { id: store.user.id, language_code: select.value }).catch(complain);
  });
  return el("label.field", {}, `${fullName(store.user)}’s language`, select);
}

function newPerson(close) {
  const name = el("input", { name: "name", placeholder: "Another name", "aria-label": "Name", maxlength: 64, required: true });
  const form = el("form.new-person", {}, name, languageSelect("en"), el("button.primary", {}, "Add"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [first_name, ...rest] = name.value.trim().split(/\s+/);
    const made = await act("make_user", {
      first_name,
      last_name: rest.join(" "),
      language_code: new FormData(form).get("language_code"),
    }).catch(complain);
    close();
    if (made) become(made.id).catch(complain);
  });
  return form;
}
