const SUSPENDED_MS = 60_000;
const SUSPENDED_AT_MOST_MS = 3600_000;

/** Where one kind of request goes instead of the API, and whether that has failed lately. */
export class DirectEndpoint {
  private url: string | undefined;
  private base: string | null = null;
  private failures = 0;
  private suspended_until = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly path: string,
    private readonly now: () => number,
  ) {}

  /** Follows the address that the server names for this kind of request, relative to the API at `api_base`. */
  follow(url: string | undefined, api_base: string): void {
    if (url === this.url) return; // What is known of it stays known.
    this.url = url;
    this.base = url?.endsWith(this.path) ? absolute(url.slice(0, -this.path.length), api_base) : null;
    this.succeeded();
  }

  /** The address before the path; null where there is none to try now. */
  get current(): string | null {
    return this.now() < this.suspended_until ? null : this.base;
  }

  succeeded(): void {
    this.failures = 0;
    this.suspended_until = Number.NEGATIVE_INFINITY;
  }

  /** It failed where the API answered: it is left alone for a while, longer each time. */
  failed(): void {
    this.suspended_until = this.now() + Math.min(SUSPENDED_MS * 2 ** this.failures, SUSPENDED_AT_MOST_MS);
    this.failures += 1;
  }
}

function absolute(base: string, api_base: string): string {
  return base.startsWith("/") ? (/^https?:\/\/[^/]+/.exec(api_base)?.[0] ?? "") + base : base;
}
