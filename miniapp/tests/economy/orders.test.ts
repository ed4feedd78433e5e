import { beforeEach, expect, test } from "vitest";
import { ApiError } from "../../src/api/client";
import { Orders, type Order } from "../../src/economy/orders";
import { FakeClock, FakeStore, settle } from "../support/fakes";

const BUY = "/shop/buy";
const NO_ANSWER = new ApiError(0, "no_answer", "");

/** A server that does everything once, whatever becomes of its answers. */
class Counter {
  /** What happens to the next requests; without more they are answered. */
  faults: ("answer" | "lose" | "drop" | ApiError)[] = [];
  requests: string[] = [];
  done = new Map<string, object>();

  send = async (path: string, body: Record<string, unknown>): Promise<unknown> => {
    const op = String(body["op"]);
    const fault = this.faults.shift() ?? "answer";
    this.requests.push(op);
    if (fault === "lose") throw NO_ANSWER;
    if (fault instanceof ApiError) throw fault;
    if (!this.done.has(op)) this.done.set(op, { path, number: this.done.size + 1, ...body });
    if (fault === "drop") throw NO_ANSWER;
    return this.done.get(op);
  };
}

let clock: FakeClock;
let store: FakeStore;
let server: Counter;
let answered: Order[];
let refused: [Order, ApiError][];
let told: (readonly Order[])[];

function page(owner = "7"): Orders {
  let filler = 0;
  return new Orders({
    store,
    clock,
    owner,
    random: () => 0.5,
    randomBytes: () => new Uint8Array(16).fill(++filler),
    send: server.send,
    onChange: (orders) => told.push(orders),
    onAnswer: (order) => answered.push(order),
    onRefused: (order, error) => refused.push([order, error]),
  });
}

beforeEach(() => {
  clock = new FakeClock();
  store = new FakeStore();
  server = new Counter();
  answered = [];
  refused = [];
  told = [];
});

test("each change is told with a list of its own", async () => {
  const orders = page();
  orders.start();
  orders.place(BUY, {}, "offer");
  expect(told.map((list) => list.length)).toEqual([0, 1]); // The page compares lists by identity.
  await settle();
  expect(new Set(told).size).toBe(told.length);
});

test("is stored before it is sent, and forgotten once its answer was seen", async () => {
  let stored_when_sent = 0;
  const send = server.send;
  server.send = async (path, body) => {
    stored_when_sent = store.length;
    return send(path, body);
  };
  const orders = page();
  const op = orders.place(BUY, { offer: "a" }, "offer:a");
  await settle();
  expect(stored_when_sent).toBe(1);
  expect(answered.map((order) => order.op)).toEqual([op]);
  orders.seen(op);
  expect(store.length).toBe(0);
});

test.each(["lose", "drop"] as const)("is repeated under its own id where the network does '%s'", async (fault) => {
  server.faults = [fault, fault, fault];
  const orders = page();
  orders.place(BUY, { offer: "a" }, "offer:a");
  await clock.pass(60_000);
  expect(new Set(server.requests).size).toBe(1);
  expect(server.requests).toHaveLength(4);
  expect(server.done.size).toBe(1);
  expect(answered).toHaveLength(1);
});

test("goes on after a reload, and tells the answer that the last page missed", async () => {
  server.faults = ["drop"];
  page().place(BUY, { offer: "a" }, "offer:a");
  await settle();
  expect(answered).toEqual([]);
  const later = page();
  later.start();
  await settle();
  expect(answered.map((order) => order.answer)).toEqual([server.done.get(server.requests[0] as string)]);
  expect(server.done.size).toBe(1);
});

test("keeps an answer that nobody has seen for the next page", async () => {
  page().place("/crates/open", { crate: "a" }, "crate:a");
  await settle();
  let kept: readonly Order[] = [];
  const later = new Orders({
    store,
    clock,
    owner: "7",
    random: () => 0.5,
    randomBytes: () => new Uint8Array(16),
    send: server.send,
    onChange: (orders) => (kept = orders),
    onAnswer: () => undefined,
    onRefused: () => undefined,
  });
  later.start();
  await settle();
  expect(kept.map((order) => order.answer)).toEqual([...server.done.values()]);
  expect(server.requests).toHaveLength(1);
});

test("sends the next order only after the one before", async () => {
  server.faults = ["lose"];
  const orders = page();
  const first = orders.place(BUY, { offer: "a" }, "offer:a");
  const second = orders.place("/crates/open", { crate: "a" }, "crate:a");
  await settle();
  expect(server.requests).toEqual([first]);
  await clock.pass(5_000);
  expect(server.requests).toEqual([first, first, second]);
});

test("a refusal ends it, and the next one is sent", async () => {
  server.faults = [new ApiError(409, "not_enough", "", { have: 1, need: 2 })];
  const orders = page();
  orders.place(BUY, { offer: "a" }, "offer:a");
  orders.place(BUY, { offer: "b" }, "offer:b");
  await settle();
  expect(refused.map(([order, error]) => [order.place, error.code])).toEqual([["offer:a", "not_enough"]]);
  expect(answered.map((order) => order.place)).toEqual(["offer:b"]);
});

test.each([
  new ApiError(429, "too_many_requests", "", {}, 3_000),
  new ApiError(503, "store_unavailable", ""),
  new ApiError(401, "token_expired", ""),
  new ApiError(404, "http_404", ""),
])("$status $code decides nothing: it is sent again", async (refusal) => {
  server.faults = [refusal];
  page().place(BUY, { offer: "a" }, "offer:a");
  await settle();
  expect(refused).toEqual([]);
  expect(answered).toEqual([]);
  await clock.pass(5_000);
  expect(answered).toHaveLength(1);
});

test("another player's orders on this device stay theirs", async () => {
  server.faults = ["lose"];
  page("7").place(BUY, { offer: "a" }, "offer:a");
  await settle();
  page("8").start();
  await settle();
  expect(server.requests).toHaveLength(1);
});

test("a store that is broken or full does not stop the page", async () => {
  store.setItem = () => {
    throw new Error("full");
  };
  page().place(BUY, { offer: "a" }, "offer:a");
  await settle();
  expect(answered).toHaveLength(1);

  const spoilt = new FakeStore();
  spoilt.setItem("tapstack:1:7:order:x", "not json");
  spoilt.setItem("tapstack:1:7:order:y", '{"op":"y"}');
  store = spoilt;
  page().start();
  await settle();
  expect(server.requests).toHaveLength(1);
});
