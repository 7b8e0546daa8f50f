// One lead: who they are, what is stored about them, what was written, what came of it.
import { Alert, Anchor, Avatar, Button, Card, Group, List, Progress, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { IconPencil } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { Code } from "../parts/Code";
import { Growing } from "../parts/Growing";
import { JobBar, type Started } from "../parts/JobBar";
import { ErrorNotice, Loading, Page } from "../parts/Notices";
import { spaced, words } from "../parts/words";
import { Draft } from "./Draft";
import { Signals } from "./Signals";

const FORMATS: Schemas["OutreachFormat"][] = ["email_cold", "email_warm", "linkedin_connection", "linkedin_message", "linkedin_inmail"];
const OUTCOMES: Schemas["LeadOutcome"][] = ["no_response", "interested", "meeting_booked", "meeting_done", "closed_won", "closed_lost", "rejected", "unqualified"];

export default function Lead({ workspaceId, leadId }: { workspaceId: number; leadId: number }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const lead = useQuery({ queryKey: ["lead", leadId], queryFn: ({ signal }) => quiver.getLead({ leadId }, { signal }) });
  const messages = useQuery({ queryKey: ["messages", leadId], queryFn: ({ signal }) => quiver.listMessages({ leadId }, { signal }) });
  const [job, setJob] = useState<Started | null>(null);
  const enrich = useMutation({ mutationFn: () => quiver.enrichLead({ leadId, body: {} }), onSuccess: setJob });
  const changed = () => void Promise.all(["lead", "messages", "leads", "campaign", "comparison"].map((name) => queries.invalidateQueries({ queryKey: [name] })));
  if (lead.error && !lead.data) return <Page title="Lead"><ErrorNotice error={lead.error} onRetry={() => void lead.refetch()} /></Page>;
  if (!lead.data) return <Page title="Lead"><Loading /></Page>;
  const { fullName, jobTitle, company, email, phone, location, linkedinUrl, status, outcome, relevanceScore, relevanceReasons, aiSummary } = lead.data;
  return (
    <Page
      title={fullName} about={[jobTitle, company].filter(Boolean).join(" at ")}
      actions={<><Code value={status} />{outcome && <Code value={outcome} />}<Button variant="default" component={Link} href={`/w/${workspaceId}/leads?campaign=${lead.data.campaignId}`}>All leads</Button></>}
    >
      {enrich.error && <ErrorNotice error={enrich.error} />}
      {job && <Card><JobBar job={job} onEnd={changed} /></Card>}
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
        <Stack>
          <Panel title="Who they are">
            <Stack gap={8}>
              <Group wrap="nowrap"><Avatar name={fullName} color="initials" radius="xl" aria-hidden /><div><Text fw={600}>{fullName}</Text><Text size="sm" className="muted">{location ?? "Place unknown"}</Text></div></Group>
              <Fact name="E-mail" value={email} /><Fact name="Phone" value={phone} />
              <Fact name="LinkedIn" value={linkedinUrl && <Anchor href={linkedinUrl} target="_blank" rel="noreferrer noopener" underline="always" size="sm">{linkedinUrl.replace(/^https?:\/\/(www\.)?/, "")}</Anchor>} />
              <Button variant="light" size="xs" loading={enrich.isPending} onClick={() => enrich.mutate()}>Enrich this lead</Button>
            </Stack>
          </Panel>
          <Panel title={relevanceScore === null ? "Why them" : `Why them: ${relevanceScore} of 100`}>
            <Stack gap="sm">
              {aiSummary && <Text size="sm">{aiSummary}</Text>}
              {(relevanceReasons ?? []).map((reason) => <Reason key={String(reason)} reason={String(reason)} />)}
              {!aiSummary && !relevanceReasons?.length && <Text size="sm" className="muted">Nothing is known yet.</Text>}
            </Stack>
          </Panel>
          <Outcome lead={lead.data} onSaved={changed} />
        </Stack>
        <Stack style={{ gridColumn: "span 2" }} className="span-2">
          <Panel title="Messages">
            <Stack>
              <Write leadId={leadId} onWritten={changed} />
              {messages.error && <ErrorNotice error={messages.error} />}
              {messages.data?.data.length === 0 && <Text size="sm" className="muted">Nothing was written yet.</Text>}
              {messages.data?.data.toReversed().map((message) => <Draft key={message.id} message={message} onSaved={changed} />)}
            </Stack>
          </Panel>
          <Signals leadId={leadId} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return <Card component="section" aria-label={title}><Title order={2} size="h5" mb="sm">{title}</Title>{children}</Card>;
}

/** "persona: job title (35 of 35)": what the score is made of, with how much of it. */
function Reason({ reason }: { reason: string }) {
  const [, name, why, points, most] = /^(\w+): (.*) \((\d+) of (\d+)\)$/.exec(reason) ?? [];
  if (!name) return <Text size="sm" className="muted">{reason}</Text>;
  return (
    <div>
      <Group justify="space-between" gap="xs"><Text size="sm" fw={550}>{words(name)}</Text><Text size="xs" className="muted">{points} of {most}</Text></Group>
      <Progress size="xs" my={4} value={(Number(points) / Math.max(1, Number(most))) * 100} aria-label={`${words(name)}: ${points} of ${most}`} />
      <Text size="xs" className="muted">{spaced(why)}</Text>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return <Group gap="xs" wrap="nowrap"><Text size="sm" className="muted" w={70} style={{ flex: "none" }}>{name}</Text><Text size="sm" component="div" style={{ overflowWrap: "anywhere" }}>{value || "—"}</Text></Group>;
}

function Write({ leadId, onWritten }: { leadId: number; onWritten: () => void }) {
  const quiver = useQuiver();
  const [format, setFormat] = useState<Schemas["OutreachFormat"]>("email_cold");
  const write = useMutation({ mutationFn: () => quiver.generateOutreach({ leadId, body: { format } }), onSuccess: onWritten });
  const declined = write.data && "declined" in write.data ? write.data.declined : null;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="end">
        <Select label="Form" size="sm" allowDeselect={false} value={format} onChange={(value) => value && setFormat(value as typeof format)} data={FORMATS.map((value) => ({ value, label: words(value) }))} />
        <Button leftSection={<IconPencil size={16} />} loading={write.isPending} onClick={() => write.mutate()}>Write a draft</Button>
      </Group>
      {write.error && <ErrorNotice error={write.error} />}
      {declined && (
        <Alert role="status" color="yellow" title="No draft was written">
          {declined.reason}
          {declined.missing.length > 0 && <List size="sm" mt="xs">{declined.missing.map((what) => <List.Item key={what}>{what}</List.Item>)}</List>}
        </Alert>
      )}
    </Stack>
  );
}

function Outcome({ lead, onSaved }: { lead: Schemas["LeadRead"]; onSaved: () => void }) {
  const quiver = useQuiver();
  const [outcome, setOutcome] = useState<Schemas["LeadOutcome"] | null>(lead.outcome);
  const [reason, setReason] = useState(lead.outcomeReason ?? "");
  const save = useMutation({ mutationFn: () => quiver.logLeadOutcome({ leadId: lead.id, body: { outcome: outcome ?? "no_response", ...(reason ? { reason } : {}) } }), onSuccess: onSaved });
  return (
    <Panel title="What came of it">
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <Stack gap="xs">
          {save.error && <ErrorNotice error={save.error} />}
          <Select label="Outcome" placeholder="Nothing yet" value={outcome} onChange={(value) => setOutcome(value as typeof outcome)} data={OUTCOMES.map((value) => ({ value, label: words(value) }))} />
          <Growing label="Why" rows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <Button type="submit" variant="light" disabled={!outcome} loading={save.isPending}>Log the outcome</Button>
          {save.isSuccess && <Text size="sm" role="status" className="muted">Logged.</Text>}
        </Stack>
      </form>
    </Panel>
  );
}
