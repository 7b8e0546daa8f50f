// A turn's stream that survives its connection: what breaks off, falls silent or ends without its end is gone on with.
import { ProblemError } from "../errors.js";
import { eventsOf, watched, type ServerEvent } from "../events.js";
import { pause, wait } from "../waiting.js";

export interface Patience {
  /** Milliseconds without even a heartbeat (they come every 15 s) after which a connection counts as dead; 40,000. */
  silenceMs?: number;
  /** How often in a row it is tried to come back before the stream ends with an error; 8, about a minute. */
  attempts?: number;
}

/** Ask for what follows this place; null when no turn runs any more. */
export type ComeBack = (lastEventId: string | null) => Promise<Response | null>;

type Ending = "done" | "broken" | "replayed";

/** The same answer with an unbroken body. It ends with `[DONE]`, or with an `error` chunk that says why it can't. */
export function unbroken(first: Response, comeBack: ComeBack, { silenceMs = 40_000, attempts = 8 }: Patience, signal: AbortSignal | null): Response {
  const left = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const writer = new Writer(controller);
      const gone = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
      follow(first, comeBack, { silenceMs, attempts }, writer, gone).then(
        () => controller.close(),
        (error: unknown) => controller.error(error),
      );
    },
    cancel(reason) { left.abort(reason); },
  });
  return new Response(body, { status: first.status, headers: first.headers });
}

class Writer {
  lastId: string | null = null;
  wrote = false;
  finished = false;
  private readonly encoder = new TextEncoder();
  constructor(private readonly controller: ReadableStreamDefaultController<Uint8Array>) {}

  event(event: ServerEvent): void {
    this.controller.enqueue(this.encoder.encode(event.raw));
    this.wrote = true;
    this.finished ||= /^\{"type":"(finish|error)"/.test(event.data ?? "");
    if (event.id) this.lastId = event.id;
  }

  /** Say that it broke off, in the stream's own form. */
  failure(code: string, message: string): void {
    const error = { type: "data-error", id: "error", data: { code, message, retryable: true, turnId: "" } };
    for (const chunk of [error, { type: "error", errorText: message }]) {
      this.controller.enqueue(this.encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`));
    }
    this.controller.enqueue(this.encoder.encode("data: [DONE]\n\n"));
  }
}

async function follow(first: Response, comeBack: ComeBack, patience: Required<Patience>, writer: Writer, gone: AbortSignal): Promise<void> {
  let answer: Response | null = first;
  let failures = 0;
  for (;;) {
    const before = writer.lastId;
    const ending: Ending = answer?.body ? await pass(answer.body, patience.silenceMs, writer, gone) : "broken";
    if (ending === "done" || writer.finished) return;
    if (ending === "replayed") return writer.failure("replayed", "The answer is shown again from its start.");
    if (writer.lastId !== before) failures = 0;
    if (failures >= patience.attempts) return writer.failure("connection_lost", "The connection was lost. The answer goes on without you: come back to it.");
    await wait(pause(failures), gone);
    failures += 1;
    answer = await comeBack(writer.lastId).catch((error: unknown) => {
      if (gone.aborted) throw gone.reason;
      if (error instanceof ProblemError && error.status < 500 && error.status !== 429) throw error;
      return new Response(null, { status: 503 });
    });
    if (answer === null) return writer.failure("ended_without_finish", "The answer ended without its end.");
  }
}

/** Hand on every event until the connection ends. A replay from the start can't follow what was shown already. */
async function pass(body: ReadableStream<Uint8Array>, silenceMs: number, writer: Writer, gone: AbortSignal): Promise<Ending> {
  const events = watched(untilGone(eventsOf(body), gone), silenceMs);
  const shown = writer.wrote;
  try {
    for await (const event of events) {
      if (event.data === null) continue;
      if (shown && event.data.startsWith('{"type":"start",')) return "replayed";
      writer.event(event);
      if (event.data === "[DONE]") return "done";
    }
  } catch {
    if (gone.aborted) throw gone.reason;
  }
  return "broken";
}

/** The same events, until whoever reads them is gone. */
async function* untilGone<T>(events: AsyncGenerator<T, void, undefined>, gone: AbortSignal): AsyncGenerator<T, void, undefined> {
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(gone.reason);
    if (gone.aborted) leave();
    else gone.addEventListener("abort", leave, { once: true });
  });
  left.catch(() => undefined);
  try {
    for (;;) {
      const next = await Promise.race([events.next(), left]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (leave) gone.removeEventListener("abort", leave);
    void events.return().catch(() => undefined);
  }
}
