// Text with entities as elements. Offsets count UTF-16 code units, as JavaScript does.

import { el } from "./dom.js";
import { openLink } from "./links.js";
import { sendText } from "./sending.js";

/** A fragment of a message's text. */
export function formatted(text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...part(text, 0, text.length, sorted));
  return fragment;
}

function part(text, start, end, entities) {
  const nodes = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++]);
    if (to <= from) continue;
    if (from > at) nodes.push(between(text.slice(at, from), nodes, BLOCKS.has(entity.type)));
    nodes.push(wrapped(entity, text.slice(from, to), part(text, from, to, inner)));
    at = to;
  }
  if (at < end) nodes.push(between(text.slice(at, end), nodes, false));
  return nodes;
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** Plain text next to a block: the block's own line break is not repeated. */
function between(text, before, blockFollows) {
  const last = before.at(-1);
  const afterBlock = last instanceof Element && last.matches("pre, blockquote");
  const start = afterBlock && text.startsWith("\n") ? 1 : 0;
  const end = blockFollows && text.endsWith("\n") && text.length > start ? text.length - 1 : text.length;
  return text.slice(start, end);
}

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

function wrapped(entity, text, children) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children);
    case "url":
      return link(text, children);
    case "bot_command":
      return button("command", () => sendText(text), children);
    case "spoiler":
      return spoiler(children);
    case "pre":
      return el("pre", { "data-language": entity.language }, el("code", {}, ...children));
    case "mention":
    case "text_mention":
    case "hashtag":
      return el("span.mention", {}, ...children);
    default:
      return el(TAGS[entity.type] ?? "span", {}, ...children);
  }
}

function link(url, children) {
  const open = (event) => {
    event.preventDefault();
    openLink(url);
  };
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank", onclick: open }, ...children);
}

function button(kind, act, children) {
  return el(`button.inline-link.${kind}`, { type: "button", onclick: act }, ...children);
}

function spoiler(children) {
  const shown = button("spoiler", () => shown.classList.add("open"), children);
  shown.setAttribute("aria-label", "Spoiler: press to show");
  return shown;
}
