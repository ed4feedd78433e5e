import { describe, expect, test } from "vitest";
import { shareStory, type StoryParts } from "../../src/page/story";
import type { Bridge } from "../../src/telegram/bridge";
import { WebApp } from "../../src/telegram/webapp";
import type { InviteState } from "../../src/ui/model";

const LINK = "https://t.me/tap_bot?startapp=ref_abc";
const CARDS = { message: "card.jpg?card=m", story: "card.jpg?card=s", link: LINK };

function shared(version: string, given: Partial<StoryParts> = {}) {
  const sent: unknown[] = [];
  const states: InviteState[] = [];
  const bridge: Bridge = {
    available: true,
    on: () => () => undefined,
    post: (event, data) => void sent.push([event, data]),
  };
  const done = shareStory({
    app: new WebApp(bridge, version, "tdesktop"),
    is_premium: false,
    cards: () => Promise.resolve(CARDS),
    address: (path) => `https://tap.example/v1/${path}`,
    text: () => "Tap!",
    link_name: () => "Play",
    onState: (state) => states.push(state),
    ...given,
  });
  return done.then(() => ({ sent, states }));
}

describe("shareStory", () => {
  test("the picture goes to Telegram with the link in its text", async () => {
    const { sent, states } = await shared("7.8");
    const data = { media_url: "https://tap.example/v1/card.jpg?card=s", text: `Tap!\n${LINK}` };
    expect(sent).toEqual([["web_app_share_to_story", data]]);
    expect(states).toEqual(["busy", "idle"]);
  });

  test("a Premium user's story carries the link itself", async () => {
    const { sent } = await shared("8.0", { is_premium: true });
    const data = { media_url: expect.anything() as unknown, text: "Tap!", widget_link: { url: LINK, name: "Play" } };
    expect(sent).toEqual([["web_app_share_to_story", data]]);
  });

  test("without a link there is a picture all the same", async () => {
    const { sent } = await shared("8.0", { is_premium: true, cards: () => Promise.resolve({ ...CARDS, link: null }) });
    const data = { media_url: expect.anything() as unknown, text: "Tap!" };
    expect(sent).toEqual([["web_app_share_to_story", data]]);
  });

  test.each([
    ["a client without stories", "7.7", {}],
    ["a game that is unavailable", "8.0", { cards: () => Promise.reject(new Error("503")) }],
    ["a player who is not signed in", "8.0", { cards: () => Promise.resolve(null) }],
  ])("%s is told", async (_, version, given) => {
    const { sent, states } = await shared(version, given);
    expect(sent).toEqual([]);
    expect(states).toEqual(["busy", "story_failed"]);
  });
});
