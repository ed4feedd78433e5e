// The page's server, by relative addresses: the page may be mounted anywhere.

/** POST api/<action>; resolves to the JSON answer. Throws Error with the server's description. */
export async function act(action, given = {}) {
  const response = await fetch(`api/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  const body = await response.json().catch(() => ({ description: response.statusText }));
  if (!response.ok) throw new Error(body.description ?? "The local Telegram is unavailable");
  return body;
}

/** Live events of a user; calls `reconnected` after an interruption. Returns a function that ends it. */
export function listen(userId, after, onEvent, reconnected) {
  const source = new EventSource(`api/events?user=${userId}&after=${after}`);
  let lost = false;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onerror = () => (lost = true);
  source.onopen = () => {
    if (lost) reconnected();
    lost = false;
  };
  return () => source.close();
}
