import type {
  ClicksAnswer,
  ErasureBegun,
  ErrorBody,
  HeartbeatAnswer,
  Player,
  PreparedMessage,
  Referrals,
  SessionOpened,
} from "./types";

/** A refusal or a failure. `status` 0: no answer came (offline, timeout). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly data: Record<string, unknown> = {},
    readonly retry_after_ms: number = 0,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

export interface Answer<T> {
  status: number;
  etag: string | null;
  /** Null for 204 and 304. */
  body: T | null;
}

export interface RequestOptions {
  body?: unknown;
  authorization?: string;
  etag?: string | null;
  /** The request outlives the page. */
  keepalive?: boolean;
  timeout_ms?: number;
}

export interface ApiSettings {
  /** Origin and path before `/sessions`, with no slash at its end. */
  base: string;
  fetch: typeof fetch;
}

const TIMEOUT_MS = 12_000;

function retryAfterMs(answer: Response): number {
  const seconds = Number(answer.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 300) * 1000 : 0;
}

async function refusal(answer: Response): Promise<ApiError> {
  let body: Partial<ErrorBody> = {};
  try {
    body = (await answer.json()) as Partial<ErrorBody>;
  } catch {
    // A proxy's page, not our JSON: the status says enough.
  }
  const { code = `http_${answer.status}`, message = "", data } = body?.error ?? {};
  return new ApiError(answer.status, code, message, data ?? {}, retryAfterMs(answer));
}

/** Speaks JSON with the game's API; every failure is an ApiError. */
export class Api {
  constructor(private readonly settings: ApiSettings) {}

  openSession(init_data: string, session_id: string): Promise<SessionOpened> {
    return this.json("POST", "/sessions", {
      body: { session_id },
      authorization: `tma ${init_data}`,
    });
  }

  /** Sends the session's taps so far; outlives the page, so that closing loses nothing. */
  clicks(token: string, taps: number): Promise<ClicksAnswer> {
    return this.json("POST", "/clicks", {
      body: { taps },
      authorization: `Bearer ${token}`,
      keepalive: true,
    });
  }

  heartbeat(token: string): Promise<HeartbeatAnswer> {
    return this.json("POST", "/heartbeat", { body: {}, authorization: `Bearer ${token}` });
  }

  rename(token: string, username: string): Promise<Player> {
    return this.json("PATCH", "/players/me", {
      body: { username },
      authorization: `Bearer ${token}`,
    });
  }

  /** Everything the game holds of the player. */
  exportMe(token: string): Promise<Record<string, unknown>> {
    return this.json("GET", "/players/me/export", { authorization: `Bearer ${token}` });
  }

  /** Erases the player for good; the launch data proves that it is them. */
  eraseMe(token: string, init_data: string): Promise<ErasureBegun> {
    return this.json("DELETE", "/players/me", { body: { init_data }, authorization: `Bearer ${token}` });
  }

  prepareShare(token: string): Promise<PreparedMessage> {
    return this.json("POST", "/players/me/share", { authorization: `Bearer ${token}` });
  }

  referrals(token: string, cursor: string | null): Promise<Referrals> {
    const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
    return this.json("GET", `/players/me/referrals${query}`, { authorization: `Bearer ${token}` });
  }

  async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.request<T>(method, path, options);
    if (answer.body === null) throw new ApiError(answer.status, "empty_answer", "");
    return answer.body;
  }

  async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), options.timeout_ms ?? TIMEOUT_MS);
    try {
      const answer = await this.send(method, path, options, abort.signal);
      if (answer.status === 304 || answer.status === 204) {
        return { status: answer.status, etag: answer.headers.get("ETag"), body: null };
      }
      if (!answer.ok) throw await refusal(answer);
      const body = (await answer.json()) as T;
      return { status: answer.status, etag: answer.headers.get("ETag"), body };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError(0, "no_answer", String(error));
    } finally {
      clearTimeout(timer);
    }
  }

  private send(
    method: string,
    path: string,
    options: RequestOptions,
    signal: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    if (options.authorization) headers["Authorization"] = options.authorization;
    if (options.etag) headers["If-None-Match"] = options.etag;
    return this.settings.fetch(this.settings.base + path, {
      method,
      headers,
      signal,
      credentials: "omit",
      ...(options.etag !== undefined && { cache: "no-store" as const }),
      ...(options.keepalive && { keepalive: true }),
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
  }
}

/** Where the API is: the build's setting, else everything before `/app/`. */
export function apiBase(setting: string | undefined, location: Pick<Location, "origin" | "pathname">): string {
  if (setting) return setting.replace(/\/+$/, "");
  const at = location.pathname.lastIndexOf("/app/");
  return location.origin + (at < 0 ? "" : location.pathname.slice(0, at));
}
