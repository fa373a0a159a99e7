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
const listeners = new Set(); // {event, heard, again}

/**
 * Listens to an event of the engine; gives a function that ends it. While nobody listens, or nobody sees the page, there
 * is no connection, and the engine computes nothing for this page.
 *
 * @param again is called when the page is seen again: events in between are lost
 */
export function listen(event, listener, again = () => {}) {
  const made = { event, heard: (message) => listener(JSON.parse(message.data)), again };
  listeners.add(made);
  source?.addEventListener(event, made.heard);
  connect();
  return () => {
    listeners.delete(made);
    source?.removeEventListener(event, made.heard);
    connect();
  };
}

function connect() {
  const wanted = listeners.size > 0 && !document.hidden;
  if (wanted && !source) {
    source = new EventSource('/api/events');
    source.addEventListener('open', () => dispatchEvent(new Event('lab-open')));
    listeners.forEach((each) => source.addEventListener(each.event, each.heard));
  } else if (!wanted && source) {
    source.close();
    source = null;
  }
}

document.addEventListener('visibilitychange', () => {
  const was = source;
  connect();
  if (source && !was) {
    listeners.forEach((each) => each.again());
  }
});
