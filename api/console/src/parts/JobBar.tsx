// A job that runs, live; it goes away by itself when it is over and everything it changed is read again.
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useJobProgress } from "@quiver/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { words } from "./words";

export interface Started { jobId: string; jobType: string }

export function JobBar({ job, onEnd }: { job: Started; onEnd?: () => void }) {
  const queries = useQueryClient();
  const end = () => { void queries.invalidateQueries(); onEnd?.(); };
  const { progress, progressText, currentStep, estimatedTimeRemaining, isLoading, isComplete, status, error, startPolling, cancel } =
    useJobProgress({ pollIntervalMs: 700, timeoutMs: 3_600_000, onComplete: end, onError: end });
  useEffect(() => startPolling(job.jobId, job.jobType), [job.jobId]);
  const shown = isComplete ? 100 : progress;
  return (
    <Stack gap={6} role="status" aria-label={`${words(job.jobType)}: ${status}`}>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} size="sm">{words(job.jobType)}</Text>
          <Text size="sm" className="muted">{error ? error.message : isComplete ? "Done" : status === "cancelled" ? "Cancelled" : [currentStep, estimatedTimeRemaining].filter(Boolean).join(" · ") || "Waiting for a worker"}</Text>
        </div>
        <Group gap="xs" wrap="nowrap" style={{ flex: "none" }}><Text size="sm" className="muted">{progressText}</Text>{isLoading && <Button size="xs" variant="default" onClick={() => { cancel(); end(); }}>Cancel</Button>}</Group>
      </Group>
      {/* The bar is named on its track: a section of 0 % has no size, and would be hidden from readers of the page. */}
      <Progress.Root role="progressbar" aria-label={`${words(job.jobType)} progress`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={shown} aria-valuetext={progressText}>
        <Progress.Section withAria={false} value={shown} animated={isLoading} striped={isLoading} color={error ? "red" : isComplete ? "teal" : undefined} />
      </Progress.Root>
    </Stack>
  );
}
