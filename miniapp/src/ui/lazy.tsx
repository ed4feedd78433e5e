import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";

export interface LazyScreen {
  Screen: ComponentType;
  /** Loads it before it is needed, so that it opens at once, and offline. */
  preload(): void;
}

/** A screen whose code is loaded when it is first shown. */
export function lazyScreen(load: () => Promise<ComponentType>): LazyScreen {
  const loaded = signal<{ Loaded: ComponentType } | null>(null);
  const failed = signal(false);
  let busy = false;
  const preload = () => {
    if (busy || loaded.peek()) return;
    busy = true;
    failed.value = false;
    load()
      .then((Loaded) => (loaded.value = { Loaded }))
      .catch(() => (failed.value = true))
      .finally(() => (busy = false));
  };
  function Screen() {
    useEffect(preload, []);
    if (loaded.value) return <loaded.value.Loaded />;
    return (
      <div class="card">
        <p class="hint" role="status">
          {t(failed.value ? "screen_failed" : "board_loading")}
        </p>
        {failed.value && (
          <button type="button" class="button quiet wide" onClick={preload}>
            {t("again")}
          </button>
        )}
      </div>
    );
  }
  return { Screen, preload };
}
