import createClient, { type Client } from "openapi-fetch";
import { DirectEndpoint } from "./direct-endpoint";
import type { paths } from "./schema";
import type {
  ClicksAnswer,
  CommandPath,
  ErasureBegun,
  ErrorBody,
  HeartbeatAnswer,
  Leaderboard,
  Own,
  OwnPath,
  Period,
  Player,
  PlayerRank,
  PreparedMessage,
  Receipt,
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

export interface ApiSettings {
  /** Origin and path before `/sessions`, without a trailing slash. */
  base: string;
  fetch: (request: Request) => Promise<Response>;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/** Where a request goes; without `baseUrl` to the API. */
interface Via {
  baseUrl?: string;
  signal: AbortSignal;
}

export interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

const TIMEOUT_MS = 12_000;
const MAX_RETRY_AFTER_S = 300;

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
/** Asks for what has changed of the leaderboard since a version; with null for nothing. */
const sinceOf = (board_since: number | null) => (board_since === null ? {} : { board_since });
const queryOf = (period: Period) => ({ params: { query: period === "all" ? {} : { period } } });

/** The game's API, typed by its own description; every failure is an ApiError. */
export class Api {
  readonly client: Client<paths>;
  readonly base: string;
  private readonly click_endpoint: DirectEndpoint;
  private readonly heartbeat_endpoint: DirectEndpoint;

  constructor({ base, fetch, now = () => performance.now() }: ApiSettings) {
    this.base = base;
    this.click_endpoint = new DirectEndpoint("/clicks", now);
    this.heartbeat_endpoint = new DirectEndpoint("/heartbeat", now);
    const headers = { Accept: "application/json" };
    this.client = createClient<paths>({ baseUrl: base, fetch, headers, credentials: "omit" });
  }

  async openSession(init_data: string, session_id: string): Promise<SessionOpened> {
    const headers = { Authorization: `tma ${init_data}` };
    const opened = await dataOf((signal) => this.client.POST("/sessions", { body: { session_id }, headers, signal }));
    this.click_endpoint.follow(opened.endpoints?.clicks, this.base);
    this.heartbeat_endpoint.follow(opened.endpoints?.heartbeat, this.base);
    return opened;
  }

  /** Sends the session's taps so far; outlives the page, so that closing it loses nothing. */
  clicks(token: string, taps: number, board_since: number | null = null): Promise<ClicksAnswer> {
    const options = { body: { taps, ...sinceOf(board_since) }, headers: bearer(token), keepalive: true };
    return directly(this.click_endpoint, (via) => this.client.POST("/clicks", { ...options, ...via }));
  }

  heartbeat(token: string, board_since: number | null = null): Promise<HeartbeatAnswer> {
    const options = { body: sinceOf(board_since), headers: bearer(token) };
    return directly(this.heartbeat_endpoint, (via) => this.client.POST("/heartbeat", { ...options, ...via }));
  }

  /** The leaderboard and its ETag; null for the leaderboard if `etag` still is its tag. */
  async leaderboard(period: Period, etag: string | null): Promise<{ leaderboard: Leaderboard | null; etag: string | null }> {
    const headers = etag === null ? {} : { "If-None-Match": etag };
    // The page's own ETag decides, so the browser's cache stays out of it.
    const options = { ...queryOf(period), headers, cache: "no-store" as const };
    const { data, response } = await call((signal) => this.client.GET("/leaderboard", { ...options, signal }));
    return { leaderboard: data ?? null, etag: response.headers.get("ETag") ?? etag };
  }

  ownRank(token: string, period: Period): Promise<PlayerRank> {
    const options = { ...queryOf(period), headers: bearer(token) };
    return dataOf((signal) => this.client.GET("/leaderboard/me", { ...options, signal }));
  }

  rename(token: string, username: string): Promise<Player> {
    const options = { body: { username }, headers: bearer(token) };
    return dataOf((signal) => this.client.PATCH("/players/me", { ...options, signal }));
  }

  /** Keeps the language of the app and the chat; null follows Telegram. */
  chooseLanguage(token: string, language: string | null): Promise<Player> {
    const options = { body: { language }, headers: bearer(token) };
    return dataOf((signal) => this.client.PATCH("/players/me", { ...options, signal }));
  }

  /** What is read by a plain GET; `params` are those of the path and of the query. */
  readOwn<P extends OwnPath>(token: string, path: P, params: object = {}): Promise<Own<P>> {
    // One method, because the first load pays for each. The paths take the same options, which TypeScript cannot see.
    const get = this.client.GET as (path: OwnPath, options: object) => Promise<Result<Own<P>>>;
    return dataOf((signal) => get(path, { headers: bearer(token), params, signal }));
  }

  /** Changes the player's wallet; `body` has an `op`, by which a second attempt gets the first one's answer. */
  command<P extends CommandPath>(token: string, path: P, body: object): Promise<Receipt<P>> {
    const post = this.client.POST as (path: CommandPath, options: object) => Promise<Result<Receipt<P>>>;
    return dataOf((signal) => post(path, { headers: bearer(token), params: { path: body }, body, signal }));
  }

  /** Erases the player permanently; the launch data proves that it is them. */
  eraseMe(token: string, init_data: string): Promise<ErasureBegun> {
    const options = { body: { init_data }, headers: bearer(token) };
    return dataOf((signal) => this.client.DELETE("/players/me", { ...options, signal }));
  }

  prepareShare(token: string): Promise<PreparedMessage> {
    return dataOf((signal) => this.client.POST("/players/me/share", { headers: bearer(token), signal }));
  }

  referrals(token: string, cursor: string | null): Promise<Referrals> {
    const options = { params: { query: cursor === null ? {} : { cursor } }, headers: bearer(token) };
    return dataOf((signal) => this.client.GET("/players/me/referrals", { ...options, signal }));
  }
}

export async function dataOf<T>(send: (signal: AbortSignal) => Promise<Result<T>>): Promise<T> {
  const { data, response } = await call(send);
  if (data === undefined || data === null) throw new ApiError(response.status, "empty_answer", "");
  return data;
}

/**
 * Sends to the function's own address, and where that fails to the API. Only then is the address to blame: while the
 * API fails too, it may work again as soon. Sending twice counts nothing twice, because a count only grows.
 */
async function directly<T>(endpoint: DirectEndpoint, send: (via: Via) => Promise<Result<T>>): Promise<T> {
  const baseUrl = endpoint.current;
  if (baseUrl !== null) {
    try {
      const data = await dataOf((signal) => send({ baseUrl, signal }));
      endpoint.succeeded();
      return data;
    } catch (error) {
      if (!(error instanceof ApiError) || isAnswerOfGame(error)) throw error;
    }
  }
  try {
    const data = await dataOf((signal) => send({ signal }));
    if (baseUrl !== null) endpoint.failed();
    return data;
  } catch (error) {
    if (baseUrl !== null && error instanceof ApiError && isAnswerOfGame(error)) endpoint.failed();
    throw error;
  }
}

/** Whether the game itself refused, as it would on any way: not the network, a proxy, Lambda, or a function that broke. */
function isAnswerOfGame({ status, code }: ApiError): boolean {
  if (status === 0 || code === "not_found" || code === "internal_error") return false;
  return code !== `http_${status}` || (status !== 403 && status !== 404 && status < 500);
}

/** Sends a request with a timeout that covers its whole answer; throws an ApiError unless it is 2xx or 304. */
async function call<T>(send: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const result = await send(abort.signal);
    if (!result.response.ok && result.response.status !== 304) throw refusalOf(result);
    return result;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(0, "no_answer", String(error));
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf({ error, response }: Result<unknown>): ApiError {
  // A proxy may answer with a page instead of our JSON: then the status says enough.
  const body = typeof error === "object" && error !== null ? (error as Partial<ErrorBody>) : {};
  const { code = `http_${response.status}`, message = "", data } = body.error ?? {};
  return new ApiError(response.status, code, message, data ?? {}, retryAfterMs(response));
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER_S) * 1000 : 0;
}

/** Where the API is: the build's setting, otherwise everything before `/app/`. */
export function apiBase(setting: string | undefined, location: Pick<Location, "origin" | "pathname">): string {
  if (setting) return setting.replace(/\/+$/, "");
  const at = location.pathname.lastIndexOf("/app/");
  return location.origin + (at < 0 ? "" : location.pathname.slice(0, at));
}
