// A message: its claims marked, each with what it rests on; edited, queued, sent, answered.
import { Button, Card, Group, HoverCard, Stack, Text } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Fragment, useState, type ReactNode } from "react";
import { Code } from "../parts/Code";
import { Growing } from "../parts/Growing";
import { ErrorNotice } from "../parts/Notices";
import { sourceWords, when, words } from "../parts/words";

type MessageRead = Schemas["MessageRead"];
type Claim = MessageRead["claims"][number];
interface Evidence { id: string; text: string; source: string }

const NEXT: Partial<Record<MessageRead["status"], { status: Schemas["OutreachStatus"]; label: string }[]>> = {
  draft: [{ status: "scheduled", label: "Queue it" }],
  scheduled: [{ status: "sent", label: "I have sent it" }, { status: "draft", label: "Back to draft" }],
  sent: [{ status: "replied", label: "They replied" }],
};

export function Draft({ message, onSaved }: { message: MessageRead; onSaved: () => void }) {
  const quiver = useQuiver();
  const [text, setText] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (body: { body?: string; status?: Schemas["OutreachStatus"] }) => quiver.updateMessage({ messageId: message.id, body }),
    onSuccess: () => { setText(null); onSaved(); },
  });
  const broken = message.checks.filter(({ passed }) => !passed);
  const next = NEXT[message.status] ?? [];
  return (
    <Card padding="md" component="article" aria-label={`${words(message.format)}, ${words(message.status)}`}>
      <Stack gap="sm">
        <Group justify="space-between"><Group gap="xs"><Code value={message.status} /><Text size="sm" className="muted">{words(message.format)}</Text></Group><Text size="xs" className="muted">{when(message.updatedAt)}</Text></Group>
        {message.subject && <Text fw={600}>{message.subject}</Text>}
        {text === null
          ? <Text component="div" size="sm" style={{ whiteSpace: "pre-wrap", lineHeight: 1.65 }}>{marked(message)}</Text>
          : <Growing aria-label="The message" rows={5} value={text} onChange={(event) => setText(event.currentTarget.value)} />}
        {message.checks.length > 0 && (broken.length === 0
          ? <Group gap={6}><IconCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden /><Text size="sm" className="muted">Every check passed: what it states is stored.</Text></Group>
          : <Stack gap={4}>{broken.map(({ name, detail }) => <Group gap={6} key={name} wrap="nowrap"><IconAlertTriangle size={16} color="var(--mantine-color-orange-6)" aria-hidden /><Text size="sm">{words(name)}{detail ? `: ${detail}` : ""}</Text></Group>)}</Stack>)}
        {save.error && <ErrorNotice error={save.error} />}
        <Group gap="xs">
          {text === null
            ? <>
                {next.map(({ status, label }, index) => <Button key={status} size="xs" variant={index ? "default" : "filled"} loading={save.isPending} onClick={() => save.mutate({ status })}>{label}</Button>)}
                {message.status === "draft" && <Button size="xs" variant="default" onClick={() => setText(message.body)}>Edit</Button>}
              </>
            : <><Button size="xs" loading={save.isPending} onClick={() => save.mutate({ body: text })}>Save</Button><Button size="xs" variant="default" onClick={() => setText(null)}>Discard</Button></>}
        </Group>
      </Stack>
    </Card>
  );
}

/** The text, each claim of the body marked. Places that don't lie in order are left unmarked. */
function marked({ body, claims, evidence }: MessageRead): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  const placed = claims.filter(({ part, start }) => part !== "subject" && typeof start === "number");
  for (const claim of placed.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))) {
    const start = claim.start ?? 0;
    const end = claim.end ?? start;
    if (start < at || end > body.length) continue;
    pieces.push(<Fragment key={`t${at}`}>{body.slice(at, start)}</Fragment>, <Marked key={`c${start}`} claim={claim} evidence={evidence as Evidence[]}>{body.slice(start, end)}</Marked>);
    at = end;
  }
  return [...pieces, <Fragment key="rest">{body.slice(at)}</Fragment>];
}

function Marked({ claim, evidence, children }: { claim: Claim; evidence: Evidence[]; children: string }) {
  const rests = evidence.filter(({ id }) => claim.evidenceIds?.includes(id));
  return (
    <HoverCard>
      <HoverCard.Target><span className="claim" role="button" tabIndex={0}>{children}</span></HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={6}>
          {rests.map(({ id, text, source }) => <div key={id}><Text size="sm" fs="italic">“{text}”</Text><Text size="xs" className="muted" style={{ overflowWrap: "anywhere" }}>{sourceWords(source)}</Text></div>)}
          {claim.objection && <Text size="sm" c="orange">{claim.objection}</Text>}
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
