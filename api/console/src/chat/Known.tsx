// Beside the talk, or behind a button where there is no room: what is known of the market, how sure it is, what nobody has spoken of.
import { ActionIcon, Box, Group, HoverCard, Popover, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { partOf, type DataParts, type QuiverMessage } from "@quiver/client/chat";
import { IconBulb } from "@tabler/icons-react";
import { Code } from "../parts/Code";
import { words } from "../parts/words";

type Hypotheses = DataParts["hypotheses"];

/** The newest of the talk. */
export const knownOf = (messages: QuiverMessage[]): Hypotheses | undefined => messages.map((message) => partOf(message, "hypotheses")).findLast(Boolean);

export function Known({ hypotheses }: { hypotheses: Hypotheses }) {
  return (
    <Box w={300} p="lg" visibleFrom="lg" component="aside" aria-label="What is known" style={{ borderLeft: "1px solid var(--mantine-color-default-border)", overflowY: "auto" }} tabIndex={0}>
      <Title order={2} size="h5" mb="md">What we know</Title>
      <Topics hypotheses={hypotheses} />
    </Box>
  );
}

export function KnownButton({ hypotheses }: { hypotheses: Hypotheses }) {
  return (
    <Popover width={300} shadow="md" position="bottom-end" trapFocus>
      <Popover.Target><ActionIcon variant="default" size={36} aria-label="What we know" hiddenFrom="lg"><IconBulb size={18} /></ActionIcon></Popover.Target>
      <Popover.Dropdown mah="60dvh" style={{ overflowY: "auto" }} aria-label="What we know"><Topics hypotheses={hypotheses} /></Popover.Dropdown>
    </Popover>
  );
}

function Topics({ hypotheses: { known, missing } }: { hypotheses: Hypotheses }) {
  return (
    <Stack gap="md">
      {Object.entries(known).map(([topic, { value, standing, evidence }]) => (
        <HoverCard key={topic} position="left" disabled={!evidence}>
          <HoverCard.Target>
            <UnstyledButton style={{ cursor: evidence ? "help" : "default" }}>
              <Group justify="space-between" gap={4} wrap="nowrap"><Text size="xs" fw={600} className="muted">{words(topic)}</Text><Code value={standing} /></Group>
              <Text size="sm">{value}</Text>
            </UnstyledButton>
          </HoverCard.Target>
          <HoverCard.Dropdown><Text size="sm" fs="italic">“{evidence?.quote}”</Text></HoverCard.Dropdown>
        </HoverCard>
      ))}
      {missing.length > 0 && <Text size="sm" className="muted">Not spoken of yet: {missing.map((topic) => words(topic).toLowerCase()).join(", ")}.</Text>}
    </Stack>
  );
}
