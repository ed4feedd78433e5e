import { ApiError } from "../api/client";
import { backoffMs } from "../game/backoff";
import type { Clock } from "../game/clock";
import type { KeyValueStore } from "../game/key-value-store";
import { operationId } from "./operation-id";

/** Something that a player asked for: done once, however often it is sent. */
export interface Order {
  op: string;
  /** The operation of the API. */
  path: string;
  body: Record<string, unknown>;
  /** Where on the page it was asked for, and so where its outcome is told. */
  place: string;
  made_at_ms: number;
  /** The server's answer; it stays until the player has seen it. */
  answer?: unknown;
}

export interface OrderParts {
  store: KeyValueStore;
  clock: Clock;
  random: () => number;
  randomBytes: () => Uint8Array;
  /** The player's id: several players may share a device. */
  owner: string;
  /** Sends an order; rejects with an ApiError. */
  send: (path: string, body: Record<string, unknown>) => Promise<unknown>;
  /** All that wait for an answer, or for their answer to be seen. */
  onChange: (orders: readonly Order[]) => void;
  onAnswer: (order: Order) => void;
  onRefused: (order: Order, error: ApiError) => void;
}

/** Whether the server may have done, or may yet do, what an attempt asked for. */
export function isOpen({ status, code }: ApiError): boolean {
  if (status === 0 || status === 401 || status === 408 || status === 410 || status === 429 || status >= 500) return true;
  return code === `http_${status}`; // A proxy's page, not the game's answer.
}

export function ordersKey(owner: string): string {
  return `tapstack:1:${owner}:order:`;
}

/**
 * Sends orders one after the other. Each is stored before it is first sent, and sent again under the same id until the
 * game answers, also by the next page: so an answer that was lost is told all the same, and nothing is done twice.
 */
export class Orders {
  private orders: Order[] = [];
  private busy = false;
  private failures = 0;
  private cancelRetry: () => void = () => undefined;

  constructor(private readonly parts: OrderParts) {}

  /** Goes on with what earlier pages have left. */
  start(): void {
    this.orders = this.stored();
    this.changed();
    void this.run();
  }

  /** Asks for something; its outcome is told to `onAnswer` or `onRefused`. Returns its id. */
  place(path: string, body: Record<string, unknown>, place: string): string {
    const made_at_ms = this.parts.clock.now();
    const order = { op: operationId(made_at_ms, this.parts.randomBytes()), path, body, place, made_at_ms };
    this.write(order);
    this.orders = [...this.orders, order]; // A new list: whoever was told of the old one sees the difference.
    this.changed();
    void this.run();
    return order.op;
  }

  /** The network, or the player's sign-in, is back. */
  retryNow(): void {
    void this.run();
  }

  /** The player has seen the answer. */
  seen(op: string): void {
    this.remove(op);
  }

  private async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.cancelRetry();
    for (;;) {
      const order = this.orders.find((one) => one.answer === undefined);
      if (!order || !(await this.attempt(order))) break;
    }
    this.busy = false;
  }

  /** Sends an order; false if it has to be sent again later. */
  private async attempt(order: Order): Promise<boolean> {
    try {
      const answer = await this.parts.send(order.path, { ...order.body, op: order.op });
      this.failures = 0;
      const answered = { ...order, answer };
      this.orders = this.orders.map((one) => (one === order ? answered : one));
      this.write(answered);
      this.changed();
      this.parts.onAnswer(answered);
      return true;
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError(0, "no_answer", String(error));
      if (isOpen(refusal)) {
        this.failures += 1;
        const wait_ms = backoffMs(this.failures, this.parts.random, refusal.retry_after_ms);
        this.cancelRetry = this.parts.clock.after(wait_ms, () => void this.run());
        this.changed();
        return false;
      }
      this.failures = 0;
      this.remove(order.op);
      this.parts.onRefused(order, refusal);
      return true;
    }
  }

  /** Whether an order waits for the server to be reachable again. */
  get waiting(): boolean {
    return this.failures > 0;
  }

  private remove(op: string): void {
    this.orders = this.orders.filter((one) => one.op !== op);
    this.attemptStore(() => this.parts.store.removeItem(ordersKey(this.parts.owner) + op));
    this.changed();
  }

  private changed(): void {
    this.parts.onChange(this.orders);
  }

  private write(order: Order): void {
    this.attemptStore(() => this.parts.store.setItem(ordersKey(this.parts.owner) + order.op, JSON.stringify(order)));
  }

  /** Orders of earlier pages, the oldest first: an id begins with its time. */
  private stored(): Order[] {
    const found: Order[] = [];
    this.attemptStore(() => {
      const { store, owner } = this.parts;
      const keys = Array.from({ length: store.length }, (_, i) => store.key(i) ?? "");
      for (const key of keys.filter((one) => one.startsWith(ordersKey(owner))).sort()) {
        const order = parsed(store.getItem(key));
        if (order) found.push(order);
      }
    });
    return found;
  }

  /** If storage is full or forbidden, the page still repeats what it knows, but not the next one. */
  private attemptStore(access: () => void): void {
    try {
      access();
    } catch {
      // Known until the page ends.
    }
  }
}

function parsed(text: string | null): Order | null {
  try {
    const order = JSON.parse(text ?? "null") as Partial<Order> | null;
    const whole = typeof order?.op === "string" && typeof order.path === "string" && typeof order.body === "object";
    return whole && typeof order.place === "string" ? (order as Order) : null;
  } catch {
    return null;
  }
}
