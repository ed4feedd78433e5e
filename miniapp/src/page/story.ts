import type { Own } from "../api/types";
import type { WebApp } from "../telegram/webapp";
import type { InviteState } from "../ui/model";

/** Telegram cuts a story's text here, for users without Premium. */
const TEXT_MAX = 200;

export interface StoryParts {
  app: WebApp;
  /** Premium users may put a link on a story; the others get it in the text. */
  is_premium: boolean;
  cards: () => Promise<Own<"/players/me/cards"> | null>;
  /** An address below the API's own, as a whole one. */
  address: (path: string) => string;
  text: () => string;
  link_name: () => string;
  onState: (state: InviteState) => void;
}

/** Shares the player's score as a story: a picture that the game draws, and the link that brings friends in. */
export async function shareStory(parts: StoryParts): Promise<void> {
  const { app, is_premium, onState } = parts;
  onState("busy");
  const cards = await parts.cards().catch(() => null);
  if (!cards) return onState("story_failed");
  const link = cards.link;
  const text = [parts.text(), is_premium ? null : link].filter(Boolean).join("\n").slice(0, TEXT_MAX);
  const widget = is_premium && link !== null ? { url: link, name: parts.link_name() } : undefined;
  onState(app.shareToStory(parts.address(cards.story), text, widget) ? "idle" : "story_failed");
}
