import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { IconListCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Code } from "../parts/Code";
import { JobBar } from "../parts/JobBar";
import { Empty, ErrorNotice, Loading, Page } from "../parts/Notices";
import { when, words } from "../parts/words";

const OVER = new Set(["completed", "failed", "cancelled"]);

export default function Jobs({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const jobs = useQuery({ queryKey: ["jobs", workspaceId], queryFn: ({ signal }) => quiver.listWorkspaceJobs({ workspaceId, limit: 50 }, { signal }), refetchInterval: 5_000 });
  const all = jobs.data?.data ?? [];
  const running = all.filter(({ status }) => !OVER.has(status));
  const over = all.filter(({ status }) => OVER.has(status));
  return (
    <Page title="Jobs" about="Bulk work, as it happens.">
      {jobs.error && <ErrorNotice error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {!jobs.data && !jobs.error && <Loading />}
      {jobs.data && all.length === 0 && <Empty icon={IconListCheck} title="No jobs yet">Searching, enriching, drafting for many leads and exports run here, with a bar each.</Empty>}
      {running.map((job) => <Card key={job.jobId}><JobBar job={job} /></Card>)}
      {over.length > 0 && <Title order={2} size="h4">Over</Title>}
      {over.map((job) => <Over key={job.jobId} job={job} workspaceId={workspaceId} />)}
    </Page>
  );
}

function Over({ job, workspaceId }: { job: Schemas["JobRead"]; workspaceId: number }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ itemId, action }: { itemId: number; action: Schemas["Decision"] }) => quiver.resolveJobItem({ jobId: job.jobId, itemId, body: { action } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs", workspaceId] }),
  });
  return (
    <Card padding="md">
      <Group justify="space-between"><div><Text fw={600} size="sm">{words(job.jobType)}</Text><Text size="xs" className="muted">{job.completedSteps} of {job.totalSteps} · {when(job.completedAt)}</Text></div><Code value={job.status} /></Group>
      {job.errorMessage && <Text size="sm" mt="xs">{job.errorMessage}</Text>}
      {decide.error && <ErrorNotice error={decide.error} />}
      <Stack gap={4} mt={job.failures.length ? "xs" : 0}>
        {job.failures.slice(0, 20).map(({ itemId, leadId, code, message }) => (
          <Group key={`${itemId}-${leadId}`} gap="xs">
            <Text size="sm" className="muted">{leadId ? `Lead ${leadId}: ` : ""}{message}</Text>
            {code === "needs_review" && itemId && <><Button size="compact-xs" variant="light" onClick={() => decide.mutate({ itemId, action: "retry" })}>Do it again</Button><Button size="compact-xs" variant="default" onClick={() => decide.mutate({ itemId, action: "drop" })}>Leave it</Button></>}
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
