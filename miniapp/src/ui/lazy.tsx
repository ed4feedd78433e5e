import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";

export interface LazyScreen {
  /** What has something else to show while it is `waiting`, maybe nothing, is loaded by a `preload` alone. */
  Screen: ComponentType<{ waiting?: ComponentChildren }>;
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
  function Screen({ waiting }: { waiting?: ComponentChildren }) {
    useEffect(() => {
      if (waiting === undefined) preload();
    }, []);
    if (loaded.value) return <loaded.value.Loaded />;
    if (waiting !== undefined) return <>{waiting}</>;
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
