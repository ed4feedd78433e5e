import { contrast } from "../telegram/theme";

/** WCAG AA for normal text. */
const READABLE = 4.5;

/** Paints the game in the colours of the season that runs; without one in its own. */
export function followSeason(theme: { accent: string; accent_dark: string } | undefined): void {
  const { style, dataset } = document.body;
  delete dataset["season"];
  if (!theme) return;
  for (const [name, colour] of [["season", theme.accent], ["season-dark", theme.accent_dark]] as const) {
    style.setProperty(`--${name}`, colour);
    style.setProperty(`--${name}-text`, contrast(colour, "#ffffff") < READABLE ? "#000000" : "#ffffff");
  }
  dataset["season"] = "";
}
