// The plan's helper (6.10), by its signature.
import type { Quiver } from "../quiver.js";
import { JobCancelled, JobFailed, JobTimedOut } from "./errors.js";
import { followJob, isFinal, type AsyncJobResponse } from "./follow.js";

export interface JobProgressInfo {
  /** 0 to 100. */
  progress: number;
  /** "75% complete" */
  progressText: string;
  /** "Enriching lead 3 of 4" */
  currentStep: string;
  completedSteps: number;
  totalSteps: number;
  estimatedSecondsRemaining: number | null;
}

/** Follow a job to its end. Throws JobFailed, JobCancelled, JobTimedOut, or why it can't be read. `jobType` may be anything: the id is enough. */
export async function pollJobStatus(
  quiver: Quiver,
  jobId: string,
  jobType?: string,
  onProgress?: (info: JobProgressInfo, job: AsyncJobResponse) => void,
  pollIntervalMs = 2000,
  timeoutMs = 300000,
  signal?: AbortSignal,
): Promise<AsyncJobResponse> {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(new JobTimedOut()), timeoutMs);
  const leave = () => ends.abort(signal?.reason);
  if (signal?.aborted) leave();
  signal?.addEventListener("abort", leave, { once: true });
  try {
    let newest: AsyncJobResponse | undefined;
    for await (newest of followJob(quiver, jobId, { signal: ends.signal, pollIntervalMs })) {
      onProgress?.(infoOf(newest), newest);
      if (isFinal(newest)) break;
    }
    if (!newest) throw new JobTimedOut();
    if (newest.status === "failed") throw new JobFailed(newest);
    if (newest.status === "cancelled") throw new JobCancelled(newest);
    return newest;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}

export function infoOf(job: AsyncJobResponse): JobProgressInfo {
  const { progress, progressText, currentStep, completedSteps, totalSteps, estimatedSecondsRemaining } = job;
  return { progress, progressText, currentStep, completedSteps, totalSteps, estimatedSecondsRemaining };
}
