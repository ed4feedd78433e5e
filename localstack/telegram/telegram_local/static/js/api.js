// The page's server, by relative addresses: the page may be mounted anywhere.

/** POST api/<verb>; the answer's JSON. Throws Error with the server's words. */
export async function act(verb, given = {}) {
  const response = await fetch(`api/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(given),
  });
  const body = await response.json().catch(() => ({ description: response.statusText }));
  if (!response.ok) throw new Error(body.description ?? "The local Telegram does not answer");
  return body;
}

/** Live events of a user; `again` is called when the connection comes back. Answers a function that ends it. */
export function listen(userId, after, onEvent, again) {
  const source = new EventSource(`api/events?user=${userId}&after=${after}`);
  let lost = false;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onerror = () => (lost = true);
  source.onopen = () => {
    if (lost) again();
    lost = false;
  };
  return () => source.close();
}
