// The company: its workspace, its website, what the founder knows (onboarding), and who writes the messages.
import { Button, Card, Group, SimpleGrid, Stack, TagsInput, Text, TextInput, Title } from "@mantine/core";
import { NotFound, type Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Said } from "../parts/Said";
import { Growing } from "../parts/Growing";
import { ErrorNotice, Loading, Page } from "../parts/Notices";

export default function Company({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const workspace = useQuery({ queryKey: ["workspace", workspaceId], queryFn: ({ signal }) => quiver.getWorkspace({ workspaceId }, { signal }) });
  const onboarding = useQuery({
    queryKey: ["onboarding", workspaceId],
    queryFn: async ({ signal }) => quiver.getOnboarding({ workspaceId }, { signal }).then(({ data }) => data as Answers, (error: unknown) => { if (error instanceof NotFound) return {} as Answers; throw error; }),
  });
  const sender = useQuery({ queryKey: ["sender", workspaceId], queryFn: ({ signal }) => quiver.getSender({ workspaceId }, { signal }) });
  const failure = workspace.error ?? onboarding.error ?? sender.error;
  return (
    <Page title="Company" about="What the agent and every message may rest on.">
      {failure && <ErrorNotice error={failure} onRetry={() => { void workspace.refetch(); void onboarding.refetch(); void sender.refetch(); }} />}
      {!workspace.data && !failure && <Loading />}
      {workspace.data && <Workspace workspace={workspace.data} />}
      {onboarding.data && <Onboarding key={`o${workspaceId}`} workspaceId={workspaceId} answers={onboarding.data} />}
      {sender.data && <Sender key={`s${workspaceId}`} workspaceId={workspaceId} sender={sender.data} />}
    </Page>
  );
}

function Form({ title, about, saving, saved, error, onSave, children, extra }: { title: string; about: string; saving: boolean; saved: boolean; error: Error | null; onSave: () => void; children: ReactNode; extra?: ReactNode }) {
  return (
    <Card component="section" aria-label={title}>
      <form onSubmit={(event) => { event.preventDefault(); onSave(); }}>
        <Title order={2} size="h4">{title}</Title>
        <Text size="sm" className="muted" mb="md">{about}</Text>
        {error && <ErrorNotice error={error} />}
        <SimpleGrid cols={{ base: 1, md: 2 }} my="sm">{children}</SimpleGrid>
        <Group><Button type="submit" loading={saving}>Save</Button>{extra}{saved && <Text size="sm" role="status" className="muted">Saved.</Text>}</Group>
      </form>
    </Card>
  );
}

function Workspace({ workspace }: { workspace: Schemas["WorkspaceRead"] }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [name, setName] = useState(workspace.name);
  const [website, setWebsite] = useState(workspace.website ?? "");
  const again = () => void Promise.all([queries.invalidateQueries({ queryKey: ["workspace", workspace.id] }), queries.invalidateQueries({ queryKey: ["me"] })]);
  const save = useMutation({ mutationFn: () => quiver.updateWorkspace({ workspaceId: workspace.id, body: { name, website: website || null } }), onSuccess: again });
  const read = useMutation({ mutationFn: () => quiver.scrapeWebsite({ body: { url: website, workspaceId: workspace.id } }), onSuccess: again });
  const view = useMutation({ mutationFn: () => quiver.generateWorldview({ workspaceId: workspace.id, body: {} }), onSuccess: again });
  const page = read.data && "title" in read.data ? read.data : null;
  return (
    <Form
      title="Workspace" about="Its website is read for what it says of your company." saving={save.isPending} saved={save.isSuccess} error={save.error ?? read.error ?? view.error} onSave={() => save.mutate()}
      extra={<><Button variant="light" disabled={!website} loading={read.isPending} onClick={() => read.mutate()}>Read the website</Button><Button variant="light" loading={view.isPending} onClick={() => view.mutate()}>Make a view of the company</Button></>}
    >
      <TextInput label="Name" required value={name} onChange={(e) => setName(e.currentTarget.value)} />
      <TextInput label="Website" type="url" placeholder="https://your-company.com" value={website} onChange={(e) => setWebsite(e.currentTarget.value)} />
      {page && <Stack gap={2}><Text size="sm" fw={600}>{page.title ?? page.url}</Text><Text size="sm" className="muted" lineClamp={4}>{page.description ?? page.content}</Text></Stack>}
      {workspace.worldview && <Card padding="sm"><Said text={workspace.worldview} /></Card>}
    </Form>
  );
}

type Answers = Record<string, Record<string, unknown> | undefined>;

const QUESTIONS: [section: string, field: string, label: string, about: string][] = [
  ["company", "companyName", "Company name", ""],
  ["company", "oneSentencePitch", "In one sentence, what do you sell?", ""],
  ["company", "beforeState", "What do customers do without you?", ""],
  ["company", "afterState", "What do they do with you?", ""],
  ["company", "price", "What does it cost?", ""],
  ["foundingStory", "triggerMoment", "What made you start?", ""],
  ["worldview", "customerFrustration", "What frustrates your customers most?", ""],
  ["success", "goodMeetingDefinition", "What is a good meeting?", ""],
];

interface Customer { name?: string; role?: string; quote?: string }

function Onboarding({ workspaceId, answers }: { workspaceId: number; answers: Answers }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [held, setHeld] = useState<Answers>(answers);
  const text = (section: string, field: string) => String(held[section]?.[field] ?? "");
  const put = (section: string, field: string, value: unknown) => setHeld((before) => ({ ...before, [section]: { ...before[section], [field]: value } }));
  const [first = {}, ...others] = (held.customerEvidence?.bestCustomers as Customer[] | undefined) ?? [];
  const putCustomer = (field: keyof Customer, value: string) => setHeld((before) => ({
    ...before, customerEvidence: { ...before.customerEvidence, hasPayingCustomers: true, bestCustomers: [{ ...first, [field]: value }, ...others] },
  }));
  const save = useMutation({
    mutationFn: async () => {
      await quiver.saveOnboarding({ workspaceId, body: { data: held } });
      await quiver.updateWorkspace({ workspaceId, body: { onboardingStatus: "complete" } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["workspace", workspaceId] }),
  });
  return (
    <Form title="What you know" about="The agent quotes this as evidence; nothing it says counts as observed without such words." saving={save.isPending} saved={save.isSuccess} error={save.error} onSave={() => save.mutate()}>
      {QUESTIONS.map(([section, field, label]) => <Growing key={field} label={label} value={text(section, field)} onChange={(e) => put(section, field, e.currentTarget.value)} />)}
      <TextInput label="Your best customer" value={first.name ?? ""} onChange={(e) => putCustomer("name", e.currentTarget.value)} />
      <TextInput label="Who bought there?" placeholder="Head of maintenance" value={first.role ?? ""} onChange={(e) => putCustomer("role", e.currentTarget.value)} />
      <Growing label="In their words" value={first.quote ?? ""} onChange={(e) => putCustomer("quote", e.currentTarget.value)} />
      <TagsInput label="Words you never use" value={(held.voice?.wordsNeverUsed as string[] | undefined) ?? []} onChange={(value) => put("voice", "wordsNeverUsed", value)} />
    </Form>
  );
}

function Sender({ workspaceId, sender }: { workspaceId: number; sender: Schemas["SenderRead"] }) {
  const quiver = useQuiver();
  const [held, setHeld] = useState(sender);
  const put = (name: keyof Schemas["SenderRead"]) => (event: { currentTarget: { value: string } }) => setHeld({ ...held, [name]: event.currentTarget.value || null });
  const save = useMutation({ mutationFn: () => quiver.updateSender({ workspaceId, body: held }) });
  return (
    <Form title="Who writes" about="Every message is signed by this person and may state only these facts about you." saving={save.isPending} saved={save.isSuccess} error={save.error} onSave={() => save.mutate()}>
      <TextInput label="Your name" value={held.name ?? ""} onChange={put("name")} />
      <TextInput label="Your title" value={held.title ?? ""} onChange={put("title")} />
      <TextInput label="Company" value={held.company ?? ""} onChange={put("company")} />
      <TextInput label="Postal address" description="The law asks for it in commercial e-mail." value={held.postalAddress ?? ""} onChange={put("postalAddress")} />
      <TagsInput label="Facts that may be stated" description="Enter adds one." value={held.approvedFacts ?? []} onChange={(approvedFacts) => setHeld({ ...held, approvedFacts })} />
      <TagsInput label="Customers that may be named" description="Enter adds one." value={held.customerNames ?? []} onChange={(customerNames) => setHeld({ ...held, customerNames })} />
      <TextInput label="How to opt out" placeholder="Reply 'no' and I will not write again." value={held.optOutLine ?? ""} onChange={put("optOutLine")} />
    </Form>
  );
}
