import { telegramPhoto } from "./photo";

/** What Telegram passes to a Mini App, in the address's fragment. */
export interface Launch {
  /** Signed launch data, unchanged; empty if Telegram passed none. */
  init_data: string;
  version: string;
  platform: string;
  theme: Record<string, string>;
  start_param: string | null;
  fullscreen: boolean;
  /** From the unsigned copy: fine for keys and texts on this device, never to be trusted. */
  user: { id: string; first_name: string; language_code: string; photo_url: string | null; allows_write_to_pm: boolean };
}

interface LaunchUser {
  id?: number | string;
  first_name?: string;
  language_code?: string;
  photo_url?: unknown;
  allows_write_to_pm?: unknown;
}

const STORE_KEY = "tapstack:launch";

function json<T>(text: string | null, otherwise: T): T {
  try {
    return (JSON.parse(text ?? "null") as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function parseLaunch(fragment: string): Launch {
  const given = new URLSearchParams(fragment.replace(/^#/, "").replace(/^[^=]*\?/, ""));
  const init_data = given.get("tgWebAppData") ?? "";
  const data = new URLSearchParams(init_data);
  const user = json<LaunchUser>(data.get("user"), {});
  return {
    init_data,
    version: given.get("tgWebAppVersion") ?? "6.0",
    platform: given.get("tgWebAppPlatform") ?? "unknown",
    theme: json<Record<string, string>>(given.get("tgWebAppThemeParams"), {}),
    start_param: data.get("start_param") ?? given.get("tgWebAppStartParam"),
    fullscreen: ["1", "true"].includes(given.get("tgWebAppFullscreen") ?? ""),
    user: {
      id: String(user.id ?? ""),
      first_name: user.first_name ?? "",
      language_code: user.language_code ?? "",
      photo_url: telegramPhoto(user.photo_url),
      allows_write_to_pm: user.allows_write_to_pm === true,
    },
  };
}

/**
 * Reads the launch of this page. Navigation inside Telegram may lose the fragment, so it is
 * stored for the tab: a reload without a fragment uses the stored one.
 */
export function retrieveLaunch(fragment: string, store: Pick<Storage, "getItem" | "setItem"> | null): Launch {
  const attempt = <T>(run: () => T): T | null => {
    try {
      return run();
    } catch {
      return null; // Storage is forbidden: only the fragment is left.
    }
  };
  if (fragment.includes("tgWebApp")) {
    attempt(() => store?.setItem(STORE_KEY, fragment));
    return parseLaunch(fragment);
  }
  return parseLaunch(attempt(() => store?.getItem(STORE_KEY)) ?? "");
}

/** Removes the stored launch of this tab, and the fragment from its address. */
export function forgetLaunch(store: Pick<Storage, "removeItem">): void {
  try {
    store.removeItem(STORE_KEY);
    history.replaceState(null, "", location.pathname);
  } catch {
    // Storage is forbidden: nothing was stored.
  }
}
