// Server-sent events by fetch, which unlike EventSource can send a token.

/** One event as it came. `raw` is its bytes with the empty line at the end. */
export interface ServerEvent { id: string | null; event: string; data: string | null; raw: string }

/** The events of a stream. Comments are events without data: a sign that the connection lives. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const frames = rest.split(/\r?\n\r?\n/);
      rest = frames.pop() ?? "";
      for (const frame of frames) yield parse(frame);
    }
  } finally {
    // A connection that broke off can't be cancelled any more.
    await reader.cancel().catch(() => undefined);
  }
}

function parse(frame: string): ServerEvent {
  const event: ServerEvent = { id: null, event: "message", data: null, raw: `${frame}\n\n` };
  for (const line of frame.split(/\r?\n/)) {
    const [, name, value = ""] = /^(\w+)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "id") event.id = value;
    else if (name === "event") event.event = value;
    else if (name === "data") event.data = event.data === null ? value : `${event.data}\n${value}`;
  }
  return event;
}

export class Silence extends Error {
  override name = "Silence";
}

/** The same events; throws Silence when nothing, not even a heartbeat, comes for so long. */
export async function* watched<T>(events: AsyncGenerator<T, void, undefined>, milliseconds: number): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silent = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Silence("The stream fell silent.")), milliseconds); });
      const next = await Promise.race([events.next(), silent]).finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a silent stream's read never ends.
    void events.return().catch(() => undefined);
  }
}
