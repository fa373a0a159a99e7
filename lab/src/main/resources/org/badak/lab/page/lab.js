// Asking the engine: questions to rooms, and the events that it sends by itself.

/** A question that the engine could not answer, in its words. */
export class Mistake extends Error {}

/** Asks a room; gives its answer, or throws a Mistake. */
export async function ask(room, question) {
  let reply;
  try {
    reply = await fetch('/api/' + room, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    });
  } catch (unreachable) {
    dispatchEvent(new Event('lab-closed'));
    throw unreachable;
  }
  dispatchEvent(new Event('lab-open'));
  const body = await reply.json();
  if (!reply.ok) {
    throw new Mistake(body.error?.what ?? String(reply.status));
  }
  return body;
}

/** Makes a function that works on the latest value only: while it works, values in between are passed over. */
export function latest(work) {
  let busy = false;
  let next = null;
  return async function run(value) {
    if (busy) {
      next = [value];
      return;
    }
    busy = true;
    try {
      await work(value);
    } finally {
      busy = false;
      if (next) {
        const [waiting] = next;
        next = null;
        run(waiting);
      }
    }
  };
}

let source = null;

/** Listens to an event of the engine; gives a function that ends it. */
export function listen(event, listener) {
  if (!source) {
    source = new EventSource('/api/events');
    source.addEventListener('open', () => dispatchEvent(new Event('lab-open')));
  }
  const heard = (message) => listener(JSON.parse(message.data));
  source.addEventListener(event, heard);
  return () => source.removeEventListener(event, heard);
}
