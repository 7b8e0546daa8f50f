// A job's states to its end: pushed by the server, or asked for where it can't push.
import { NetworkError, ProblemError } from "../errors.js";
import { eventsOf, watched } from "../events.js";
import type { Quiver } from "../quiver.js";
import type { Schemas } from "../types.js";
import { wait } from "../waiting.js";

export type AsyncJobResponse = Schemas["JobRead"];

export interface Following {
  signal?: AbortSignal;
  /** Milliseconds between two questions where the server doesn't push; 2,000. */
  pollIntervalMs?: number;
  /** False: only ask. */
  live?: boolean;
}

const FINAL = new Set<AsyncJobResponse["status"]>(["completed", "failed", "cancelled"]);
const SILENCE_MS = 45_000;

/** Whether it is over. */
export function isFinal(job: AsyncJobResponse): boolean {
  return FINAL.has(job.status);
}

/** Every state of the job that is seen; the last one is final. A network that comes and goes is waited for. */
export async function* followJob(quiver: Quiver, jobId: string, following: Following = {}): AsyncGenerator<AsyncJobResponse, void, undefined> {
  const { signal, pollIntervalMs = 2_000 } = following;
  let live = following.live ?? true;
  for (;;) {
    if (live) {
      const pushed = pushedBy(quiver, jobId, signal);
      let next = await pushed.next();
      for (; !next.done; next = await pushed.next()) {
        yield next.value;
        if (isFinal(next.value)) return;
      }
      live = next.value;
    }
    const job = await ask(quiver, jobId, signal);
    if (job) yield job;
    if (job && isFinal(job)) return;
    await wait(pollIntervalMs, signal);
  }
}

/** What the server pushes until the connection ends; whether it is worth trying again. */
async function* pushedBy(quiver: Quiver, jobId: string, signal: AbortSignal | undefined): AsyncGenerator<AsyncJobResponse, boolean, undefined> {
  try {
    const path = `/jobs/${encodeURIComponent(jobId)}/events`;
    const answer = await quiver.http.send(path, { headers: { Accept: "text/event-stream" } }, { repeatable: false, signal });
    if (!answer.body) return false;
    for await (const { data } of watched(eventsOf(answer.body), SILENCE_MS)) {
      const read: unknown = data === null || data === "[DONE]" ? null : JSON.parse(data);
      if (isJob(read)) yield read;
    }
    return true;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    // A server that doesn't push is asked; whatever broke off is tried again after the next question.
    return !(error instanceof ProblemError) || error.status === 429 || error.status >= 500;
  }
}

/** How it stands; null while the server can't be reached. */
async function ask(quiver: Quiver, jobId: string, signal: AbortSignal | undefined): Promise<AsyncJobResponse | null> {
  try {
    return await quiver.getJob({ jobId }, signal ? { signal } : {});
  } catch (error) {
    const passing = error instanceof NetworkError || (error instanceof ProblemError && (error.status === 429 || error.status >= 500));
    if (passing) return null;
    throw error;
  }
}

function isJob(value: unknown): value is AsyncJobResponse {
  return typeof value === "object" && value !== null && "jobId" in value && "status" in value;
}
