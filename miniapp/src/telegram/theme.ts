/** Derives the game's colours from Telegram's theme, corrected until every text is readable. */

type Rgb = [number, number, number];

export type Scheme = "light" | "dark";

/** WCAG AA for normal text. */
const READABLE = 4.5;

function parse(color: string | undefined): Rgb | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(color ?? "")?.[1];
  if (!hex) return null;
  const channel = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

function write(rgb: Rgb): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one) ?? [0, 0, 0]), luminance(parse(other) ?? [0, 0, 0])];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function contrastAll(color: string, against: string[], least = READABLE): boolean {
  return against.every((other) => contrast(color, other) >= least);
}

/** The colour nearest to `color` with enough contrast to all of `against`. */
export function readable(color: string, against: string[], least = READABLE): string {
  const from = parse(color) ?? [0, 0, 0];
  const enough = (candidate: string) => contrastAll(candidate, against, least);
  for (let step = 0; step <= 20; step++) {
    for (const end of [0, 255]) {
      const mixed = write(from.map((channel) => channel + ((end - channel) * step) / 20) as Rgb);
      if (enough(mixed)) return mixed;
    }
  }
  return enough("#ffffff") ? "#ffffff" : "#000000";
}

export interface Palette {
  scheme: Scheme;
  bg: string;
  card: string;
  text: string;
  hint: string;
  accent: string;
  "accent-text": string;
  link: string;
  danger: string;
  good: string;
  warn: string;
}

const DEFAULTS: Record<Scheme, Omit<Palette, "scheme">> = {
  light: {
    bg: "#eef1f5", card: "#ffffff", text: "#10151b", hint: "#5b6774", accent: "#2178cf",
    "accent-text": "#ffffff", link: "#1d6cbc", danger: "#c32b2b", good: "#1d8a4b", warn: "#9a6400",
  },
  dark: {
    bg: "#10161d", card: "#19222c", text: "#f4f7fa", hint: "#9db0c2", accent: "#2577c6",
    "accent-text": "#ffffff", link: "#62b1f6", danger: "#ff7b76", good: "#46c37b", warn: "#e0aa3e",
  },
};

/** The game's colours for a theme; the defaults of the system's scheme if Telegram gives none. */
export function palette(theme: Record<string, string>, system: Scheme): Palette {
  const pick = (name: string) => (parse(theme[name]) ? theme[name] : undefined);
  const main = pick("bg_color");
  const scheme = main ? (luminance(parse(main) as Rgb) < 0.4 ? "dark" : "light") : system;
  const base = DEFAULTS[scheme];
  const card = pick("section_bg_color") ?? main ?? base.card;
  const background = pick("secondary_bg_color") ?? (main ? backgroundFor(main, scheme) : base.bg);
  // No colour may be readable on both of two greys: then cards share the ground's colour.
  const bg = ["#000000", "#ffffff"].some((ink) => contrastAll(ink, [background, card])) ? background : card;
  const accentText = pick("button_text_color") ?? base["accent-text"];
  const on = [bg, card];
  return {
    scheme,
    bg,
    card,
    text: readable(pick("text_color") ?? base.text, on),
    hint: readable(pick("hint_color") ?? base.hint, on),
    accent: readable(pick("button_color") ?? base.accent, [accentText]),
    "accent-text": accentText,
    link: readable(pick("link_color") ?? pick("accent_text_color") ?? base.link, on),
    danger: readable(pick("destructive_text_color") ?? base.danger, on),
    good: readable(base.good, on, 3),
    warn: readable(base.warn, on, 3),
  };
}

/** A background for cards, slightly different from their colour. */
function backgroundFor(card: string, scheme: Scheme): string {
  const rgb = parse(card) as Rgb;
  return write(rgb.map((channel) => (scheme === "light" ? channel * 0.95 : channel * 0.75)) as Rgb);
}

export function applyPalette(colors: Palette, root: HTMLElement): void {
  for (const [name, value] of Object.entries(colors)) {
    if (name !== "scheme") root.style.setProperty(`--${name}`, value);
  }
  root.style.colorScheme = colors.scheme;
  root.dataset["scheme"] = colors.scheme;
}
