import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import { inOrder } from "../game/in-order";
import { playerId, tab } from "./model";

export interface Loaded<T> {
  /** What was loaded last; null until then. */
  data: T | null;
  failed: boolean;
  reload(): void;
}

/** Loads data while an element is on the screen: at once, every few seconds, and when the page is seen again. */
export function useWhileOnScreen<T>(
  element: RefObject<HTMLElement | null>,
  load: () => Promise<T | null>,
  every_ms: number,
): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const [begin] = useState(inOrder);
  const reload = () => {
    if (document.hidden || element.current?.offsetParent == null) return;
    const isNext = begin();
    const tell = (is_failed: boolean, loaded: T | null = null) => {
      if (!isNext()) return;
      if (loaded !== null) setData(loaded);
      setFailed(is_failed);
    };
    load().then(
      (loaded) => tell(false, loaded),
      () => tell(true),
    );
  };
  useEffect(() => {
    reload();
    const timer = setInterval(reload, every_ms);
    document.addEventListener("visibilitychange", reload);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", reload);
    };
  }, [playerId.value, tab.value]);
  return { data, failed, reload };
}
