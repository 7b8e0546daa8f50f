import { Alert, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { partOf, textOf, type DataParts, type QuiverMessage } from "@quiver/client/chat";
import { IconCheck, IconHandStop, IconX } from "@tabler/icons-react";
import { ExperimentCard } from "../parts/ExperimentCard";
import { Said } from "../parts/Said";
import { count, money, words } from "../parts/words";

export function Message({ message }: { message: QuiverMessage }) {
  if (message.role === "user") return <Group justify="flex-end"><div className="bubble">{textOf(message)}</div></Group>;
  const failure = partOf(message, "error");
  const usage = message.metadata?.usage;
  return (
    <Stack gap="sm" component="article" aria-label="The agent">
      {message.parts.map((part, index) => {
        if (part.type === "text") return <Said key={index} text={part.text} />;
        if (part.type === "data-experiments") return <Proposed key={index} set={part.data} />;
        if (part.type.startsWith("tool-")) return <Action key={index} part={part as ActionPart} />;
        return null;
      })}
      {message.metadata?.stopped && <Text size="sm" className="muted"><IconHandStop size={14} aria-hidden /> Stopped. What was said so far is kept.</Text>}
      {failure && <Alert color="orange" title={failure.message} />}
      {usage && <Text size="xs" className="muted">{count(usage.inputTokens + usage.outputTokens)} tokens · {money(usage.costUsd)} · {usage.model}</Text>}
    </Stack>
  );
}

/** The set, where the agent proposed it. */
function Proposed({ set }: { set: DataParts["experiments"] }) {
  if (!set.valid || set.experiments.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text size="sm" className="muted">{set.strategicInsight}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">{set.experiments.map((experiment) => <ExperimentCard key={experiment.name + experiment.type} experiment={experiment} />)}</SimpleGrid>
    </Stack>
  );
}

interface ActionPart { type: string; state: string; errorText?: string }

const DONE: Record<string, string> = { save_experiments: "Saved the experiments", find_filters: "Found search filters" };

/** What the agent did, or was not allowed to do. */
function Action({ part }: { part: ActionPart }) {
  const name = part.type.slice("tool-".length);
  if (part.state === "output-available") return <Line icon={<IconCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />} text={DONE[name] ?? words(name)} />;
  if (part.state === "output-denied") return <Line icon={<IconX size={16} aria-hidden />} text={`You said no: ${words(name).toLowerCase()}`} />;
  if (part.state === "output-error") return <Alert color="red" title={`${words(name)} failed`}>{part.errorText}</Alert>;
  return null;
}

function Line({ icon, text }: { icon: React.ReactNode; text: string }) {
  return <Group gap={6}>{icon}<Text size="sm" fw={550}>{text}</Text></Group>;
}
