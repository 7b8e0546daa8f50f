// One client for a whole application, for helpers that are called without one, as the plan's are.
import type { QuiverOptions } from "./http.js";
import { pollJobStatus as poll, type JobProgressInfo } from "./jobs/poll.js";
import type { AsyncJobResponse } from "./jobs/follow.js";
import { createQuiver, type Quiver } from "./quiver.js";

let shared: Quiver | null = null;

/** Make the application's client. Not on a server that serves several people: there, make one for each request. */
export function configureQuiver(options: QuiverOptions): Quiver {
  shared = createQuiver(options);
  return shared;
}

/** The client that `configureQuiver` made. Throws when it was not called. */
export function sharedQuiver(): Quiver {
  if (!shared) throw new Error("Call configureQuiver() first, or pass a client.");
  return shared;
}

/** Follow a job to its end (the plan's 6.10). */
export function pollJobStatus(
  jobId: string,
  jobType: string,
  onProgress?: (info: JobProgressInfo) => void,
  pollIntervalMs = 2000,
  timeoutMs = 300000,
): Promise<AsyncJobResponse> {
  return poll(sharedQuiver(), jobId, jobType, onProgress, pollIntervalMs, timeoutMs);
}
