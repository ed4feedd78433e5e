// Making elements, without ever parsing text as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** el("button.primary", {type: "button", onclick}, "Text", child): an element with attributes and children. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const PATHS = {
  back: "M15 5 8 12l7 7",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  send: "M4 12 20 4l-4 16-4.500-6.500zM11.500 13.500 20 4",
  link: "M8 16 17 7M9.500 7H17v7.500",
  app: "M5 5h14v14H5zM5 9.500h14",
  copy: "M9 9h10v10H9zM5 15V5h10",
  share: "M13 6l6 5.500-6 5.500v-3.500c-4 0-6.500 1-8 4 .3-5 3-8 8-8.500z",
  slash: "M14.500 5l-5 14",
  keyboard: "M4 7h16v10H4zM7.500 10.500h.01M12 10.500h.01M16.500 10.500h.01M8.500 14h7",
  moon: "M19 14.500A8 8 0 0 1 9.500 5a8 8 0 1 0 9.500 9.500z",
  sun: "M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400",
  minus: "M6 16h12",
  settings: "M4 8h9M17 8h3M4 16h3M11 16h9M13 6v4M7 14v4",
};

/** A line icon, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Fill an avatar: two letters on one of seven colours, as Telegram picks them. */
export function avatar(element, name, id, size = "") {
  element.textContent = name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("").toUpperCase();
  element.className = `avatar ${size} tint-${Math.abs(Number(id)) % 7}`;
  return element;
}

/** A list of choices below a button; closes on Escape, a choice or a click elsewhere. */
export function openMenu(anchor, choices) {
  document.querySelector(".menu")?.remove();
  const menu = el("div.menu", { role: "menu" });
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => menu.contains(event.target) || close();
  for (const choice of choices.filter(Boolean)) {
    const choose = () => {
      close();
      anchor.focus();
      choice.act();
    };
    menu.append(el("button", { type: "button", role: "menuitem", onclick: choose }, choice.text));
  }
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      anchor.focus();
    } else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
  });
  const place = anchor.getBoundingClientRect();
  menu.style.top = `${place.bottom + 6}px`;
  menu.style.right = `${Math.max(8, innerWidth - place.right)}px`;
  document.body.append(menu);
  document.addEventListener("pointerdown", outside, true);
  menu.firstChild?.focus();
}
