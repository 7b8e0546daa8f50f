import { Button, Card, Group, NumberInput, Popover, SimpleGrid, Stack, Switch, Text, TextInput, Timeline, Title } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { Bars } from "../parts/Bars";
import { Code } from "../parts/Code";
import { Interval, scaleOf } from "../parts/Interval";
import { Growing } from "../parts/Growing";
import { JobBar, type Started } from "../parts/JobBar";
import { ErrorNotice, Loading, Page } from "../parts/Notices";
import { count, when } from "../parts/words";

const FUNNEL = ["found", "enriching", "enriched", "drafted", "queued", "sent", "responded"];

export default function Campaign({ workspaceId, campaignId }: { workspaceId: number; campaignId: number }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const key = ["campaign", campaignId];
  const campaign = useQuery({ queryKey: key, queryFn: ({ signal }) => quiver.getCampaign({ campaignId }, { signal }) });
  const activities = useQuery({ queryKey: ["activities", campaignId], queryFn: ({ signal }) => quiver.listCampaignActivities({ campaignId, limit: 12 }, { signal }) });
  const [jobs, setJobs] = useState<Started[]>([]);
  const begun = (job: Started) => setJobs((before) => [job, ...before]);
  const change = useMutation({
    mutationFn: (body: { status?: "active" | "paused" | "completed"; autopilotEnabled?: boolean; dailyLeadLimit?: number }) => quiver.updateCampaign({ campaignId, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const act = useMutation({
    mutationFn: async (what: "enrich" | "write") => begun(what === "enrich" ? await quiver.enrichLeads({ campaignId, body: { all: true } }) : await quiver.generateCampaignOutreach({ campaignId, body: { all: true, filter: {} } })),
  });
  if (campaign.error && !campaign.data) return <Page title="Campaign"><ErrorNotice error={campaign.error} onRetry={() => void campaign.refetch()} /></Page>;
  if (!campaign.data) return <Page title="Campaign"><Loading /></Page>;
  const { name, status, stats, totalLeads, contactedCount, repliedCount, meetingsBooked, autopilotEnabled, dailyLeadLimit } = campaign.data;
  const failure = change.error ?? act.error;
  return (
    <Page
      title={name}
      actions={<>
        <Code value={status} />
        {status === "active" && <Button variant="default" onClick={() => change.mutate({ status: "paused" })}>Pause</Button>}
        {status === "paused" && <Button variant="default" onClick={() => change.mutate({ status: "active" })}>Resume</Button>}
        <Button component={Link} href={`/w/${workspaceId}/leads?campaign=${campaignId}`}>See its leads</Button>
      </>}
    >
      {failure && <ErrorNotice error={failure} />}
      {jobs.map((job) => <Card key={job.jobId}><JobBar job={job} /></Card>)}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Tile label="Leads" value={totalLeads} /><Tile label="Contacted" value={contactedCount} /><Tile label="Replied" value={repliedCount} /><Tile label="Meetings" value={meetingsBooked} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="Where the leads are"><Bars parts={stats.byStatus as Record<string, number>} order={FUNNEL} label="Leads by status" /></Panel>
        <Panel title="What came of them">
          <Stack gap="lg">
            <Interval label="Reply rate" rate={stats.replyRate} n={stats.replyRate.n} scale={scaleOf([stats.replyRate])} />
            <Bars parts={stats.byOutcome as Record<string, number>} label="Leads by outcome" />
          </Stack>
        </Panel>
        <Panel title="Next steps">
          <Stack gap="sm">
            <Group gap="xs">
              <AddLead campaignId={campaignId} onAdded={() => void queries.invalidateQueries()} />
              <Search campaignId={campaignId} experimentId={campaign.data.experimentId} onStarted={begun} />
              <Button variant="light" loading={act.isPending && act.variables === "enrich"} onClick={() => act.mutate("enrich")}>Enrich all</Button>
              <Button variant="light" loading={act.isPending && act.variables === "write"} onClick={() => act.mutate("write")}>Write drafts for all</Button>
            </Group>
            <Switch label="Autopilot" description="Finds, enriches and drafts by itself, every day." checked={autopilotEnabled} onChange={(event) => change.mutate({ autopilotEnabled: event.currentTarget.checked })} />
            <NumberInput label="Leads a day, at most" w={180} min={0} max={1000} defaultValue={dailyLeadLimit} onBlur={(event) => { const limit = Number(event.currentTarget.value); if (limit !== dailyLeadLimit) change.mutate({ dailyLeadLimit: limit }); }} />
          </Stack>
        </Panel>
        <Panel title="What happened">
          {activities.error && <ErrorNotice error={activities.error} onRetry={() => void activities.refetch()} />}
          {activities.data?.data.length === 0 && <Text size="sm" className="muted">Nothing yet.</Text>}
          <Timeline bulletSize={14} lineWidth={2}>
            {activities.data?.data.map(({ id, title, description, createdAt }) => (
              <Timeline.Item key={id} title={<Text size="sm" fw={550}>{title}</Text>}><Text size="xs" className="muted">{description ? `${description} · ` : ""}{when(createdAt)}</Text></Timeline.Item>
            ))}
          </Timeline>
        </Panel>
      </SimpleGrid>
    </Page>
  );
}

function Tile({ label, value }: { label: string; value: number }) {
  return <Card padding="md"><Text size="xs" className="muted">{label}</Text><Text fw={650} fz={28} lh={1.2}>{count(value)}</Text></Card>;
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return <Card component="section" aria-label={title}><Title order={2} size="h5" mb="md">{title}</Title>{children}</Card>;
}

function AddLead({ campaignId, onAdded }: { campaignId: number; onAdded: () => void }) {
  const quiver = useQuiver();
  const [open, setOpen] = useState(false);
  const [lead, setLead] = useState({ fullName: "", jobTitle: "", company: "", email: "", aiSummary: "" });
  const add = useMutation({
    mutationFn: () => quiver.addLeads({ campaignId, body: { ...Object.fromEntries(Object.entries(lead).filter(([, value]) => value)), fullName: lead.fullName } }),
    onSuccess: () => { setOpen(false); onAdded(); },
  });
  const set = (name: keyof typeof lead) => (event: { currentTarget: { value: string } }) => setLead({ ...lead, [name]: event.currentTarget.value });
  return (
    <Popover opened={open} onChange={setOpen} width={320} shadow="md" trapFocus>
      <Popover.Target><Button variant="light" onClick={() => setOpen(!open)}>Add a lead</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); add.mutate(); }}>
          <Stack gap="xs">
            {add.error && <ErrorNotice error={add.error} />}
            <TextInput label="Full name" required data-autofocus value={lead.fullName} onChange={set("fullName")} />
            <TextInput label="Job title" value={lead.jobTitle} onChange={set("jobTitle")} />
            <TextInput label="Company" value={lead.company} onChange={set("company")} />
            <TextInput label="E-mail" type="email" value={lead.email} onChange={set("email")} />
            <Growing label="What you know" rows={2} value={lead.aiSummary} onChange={set("aiSummary")} />
            <Button type="submit" loading={add.isPending}>Add lead</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function Search({ campaignId, experimentId, onStarted }: { campaignId: number; experimentId: number | null; onStarted: (job: Started) => void }) {
  const quiver = useQuiver();
  const [open, setOpen] = useState(false);
  const [limit, setLimit] = useState(20);
  const [budget, setBudget] = useState(100);
  const search = useMutation({
    mutationFn: () => quiver.searchLeads({ campaignId, body: { limit, budget, ...(experimentId ? { experimentId } : {}) } }),
    onSuccess: (job) => { setOpen(false); onStarted(job); },
  });
  return (
    <Popover opened={open} onChange={setOpen} width={300} shadow="md" trapFocus>
      <Popover.Target><Button variant="light" onClick={() => setOpen(!open)}>Find leads</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); search.mutate(); }}>
          <Stack gap="xs">
            {search.error && <ErrorNotice error={search.error} />}
            <NumberInput label="How many" min={1} max={1000} value={limit} onChange={(value) => setLimit(Number(value))} />
            <NumberInput label="Credits, at most" description="Found by the experiment's filters." min={1} value={budget} onChange={(value) => setBudget(Number(value))} />
            <Button type="submit" loading={search.isPending}>Search</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
