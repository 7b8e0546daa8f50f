"use client";
// The plan's hook (6.11), by its signature and fields.
import { useCallback, useEffect, useRef, useState } from "react";
import { JobCancelled } from "../jobs/errors.js";
import type { AsyncJobResponse } from "../jobs/follow.js";
import { pollJobStatus } from "../jobs/poll.js";
import { useQuiver } from "./provider.js";

export interface UseJobProgressOptions {
  pollIntervalMs?: number;
  timeoutMs?: number;
  onComplete?: (output: any) => void;
  onError?: (error: Error) => void;
}

type Status = "idle" | "pending" | "processing" | "completed" | "failed" | "cancelled";

export interface UseJobProgressReturn {
  /** 0 to 100. */
  progress: number;
  /** "75% complete" */
  progressText: string;
  /** "Enriching lead 3 of 4" */
  currentStep: string;
  completedSteps: number;
  totalSteps: number;
  /** "~2 min remaining" */
  estimatedTimeRemaining: string | null;
  status: Status;
  isLoading: boolean;
  isComplete: boolean;
  isFailed: boolean;
  error: Error | null;
  output: any | null;
  startPolling: (jobId: string, jobType: string) => void;
  /** Cancels the job at the server too. */
  cancel: () => void;
}

interface State { status: Status; job: AsyncJobResponse | null; error: Error | null }

const IDLE: State = { status: "idle", job: null, error: null };

/** Follow one job at a time; pushed by the server, or asked for where it can't push. */
export function useJobProgress(options: UseJobProgressOptions = {}): UseJobProgressReturn {
  const quiver = useQuiver();
  const [{ status, job, error }, setState] = useState<State>(IDLE);
  const newest = useRef(options);
  newest.current = options;
  const running = useRef<{ jobId: string; ends: AbortController } | null>(null);
  useEffect(() => () => running.current?.ends.abort(), []);

  const startPolling = useCallback((jobId: string, jobType: string) => {
    running.current?.ends.abort();
    const ends = new AbortController();
    running.current = { jobId, ends };
    const show = (state: State) => { if (!ends.signal.aborted) setState(state); };
    show({ status: "pending", job: null, error: null });
    const { pollIntervalMs, timeoutMs } = newest.current;
    pollJobStatus(quiver, jobId, jobType, (_, seen) => show({ status: running_(seen), job: seen, error: null }), pollIntervalMs, timeoutMs, ends.signal).then(
      (done) => {
        show({ status: "completed", job: done, error: null });
        if (!ends.signal.aborted) newest.current.onComplete?.(done.output);
      },
      (cause: unknown) => {
        if (ends.signal.aborted) return;
        const failure = cause instanceof Error ? cause : new Error(String(cause));
        const cancelled = failure instanceof JobCancelled;
        setState((before) => ({ status: cancelled ? "cancelled" : "failed", job: before.job, error: cancelled ? null : failure }));
        if (!cancelled) newest.current.onError?.(failure);
      },
    );
  }, [quiver]);

  const cancel = useCallback(() => {
    const now = running.current;
    if (!now) return;
    running.current = null;
    now.ends.abort();
    setState((before) => ({ ...before, status: "cancelled", error: null }));
    // Over already is as good as cancelled.
    quiver.cancelJob({ jobId: now.jobId }).catch(() => undefined);
  }, [quiver]);

  return {
    progress: job?.progress ?? 0,
    progressText: job?.progressText ?? "",
    currentStep: job?.currentStep ?? "",
    completedSteps: job?.completedSteps ?? 0,
    totalSteps: job?.totalSteps ?? 0,
    estimatedTimeRemaining: remaining(job?.estimatedSecondsRemaining ?? null),
    status,
    isLoading: status === "pending" || status === "processing",
    isComplete: status === "completed",
    isFailed: status === "failed",
    error,
    output: status === "completed" ? (job?.output ?? null) : null,
    startPolling,
    cancel,
  };
}

function running_(job: AsyncJobResponse): Status {
  return job.status === "pending" || job.status === "queued" ? "pending" : "processing";
}

function remaining(seconds: number | null): string | null {
  if (seconds === null || seconds <= 0) return null;
  return seconds < 60 ? `~${Math.round(seconds)}s remaining` : `~${Math.round(seconds / 60)} min remaining`;
}
