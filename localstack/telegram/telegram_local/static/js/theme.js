// Light and dark: the page's theme, and the theme parameters of Mini Apps.

const COLOURS = {
  light: {
    bg_color: "#ffffff",
    text_color: "#000000",
    hint_color: "#707579",
    link_color: "#00488f",
    button_color: "#3390ec",
    button_text_color: "#ffffff",
    secondary_bg_color: "#f4f4f5",
    header_bg_color: "#ffffff",
    bottom_bar_bg_color: "#ffffff",
    accent_text_color: "#3390ec",
    section_bg_color: "#ffffff",
    section_header_text_color: "#707579",
    section_separator_color: "#dfe1e5",
    subtitle_text_color: "#707579",
    destructive_text_color: "#df3f40",
  },
  dark: {
    bg_color: "#212121",
    text_color: "#ffffff",
    hint_color: "#aaaaaa",
    link_color: "#8774e1",
    button_color: "#8774e1",
    button_text_color: "#ffffff",
    secondary_bg_color: "#0f0f0f",
    header_bg_color: "#212121",
    bottom_bar_bg_color: "#212121",
    accent_text_color: "#8774e1",
    section_bg_color: "#212121",
    section_header_text_color: "#aaaaaa",
    section_separator_color: "#303030",
    subtitle_text_color: "#aaaaaa",
    destructive_text_color: "#e53935",
  },
};

const listeners = [];
let name = localStorage.getItem("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.documentElement.dataset.theme = name;

/** "light" or "dark". */
export const themeName = () => name;

/** The theme_params of Mini Apps. */
export const themeParams = () => COLOURS[name];

/** Call when the theme changes. */
export const onTheme = (listener) => listeners.push(listener);

/** Switch to the other theme. */
export function toggleTheme() {
  name = name === "dark" ? "light" : "dark";
  localStorage.setItem("theme", name);
  document.documentElement.dataset.theme = name;
  listeners.forEach((listener) => listener());
}
