import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";

/** A screen whose code is loaded when it is first shown. A failed load can be tried again. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | null = null;
  return function Lazy() {
    const [state, setState] = useState<"loading" | "loaded" | "failed">(loaded ? "loaded" : "loading");
    useEffect(() => {
      if (state !== "loading") return;
      load().then(
        (component) => {
          loaded = component;
          setState("loaded");
        },
        () => setState("failed"),
      );
    }, [state]);
    if (loaded) {
      const Screen = loaded;
      return <Screen />;
    }
    return (
      <div class="card" aria-busy={state === "loading"}>
        <p class="hint" role="status">
          {t(state === "failed" ? "load_failed" : "board_loading")}
        </p>
        {state === "failed" && (
          <button type="button" class="button quiet wide" onClick={() => setState("loading")}>
            {t("again")}
          </button>
        )}
      </div>
    );
  };
}
