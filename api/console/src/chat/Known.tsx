// Beside the talk: what is known of the market, how sure it is, and what nobody has spoken of yet.
import { Box, Group, HoverCard, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { partOf, type QuiverMessage } from "@quiver/client/chat";
import { Code } from "../parts/Code";
import { words } from "../parts/words";

export function Known({ messages }: { messages: QuiverMessage[] }) {
  const hypotheses = messages.map((message) => partOf(message, "hypotheses")).findLast(Boolean);
  if (!hypotheses) return null;
  return (
    <Box w={300} p="lg" visibleFrom="lg" component="aside" aria-label="What is known" style={{ borderLeft: "1px solid var(--mantine-color-default-border)", overflowY: "auto" }} tabIndex={0}>
      <Title order={2} size="h5" mb="md">What we know</Title>
      <Stack gap="md">
        {Object.entries(hypotheses.known).map(([topic, { value, standing, evidence }]) => (
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
        {hypotheses.missing.length > 0 && <Text size="sm" className="muted">Not spoken of yet: {hypotheses.missing.map((topic) => words(topic).toLowerCase()).join(", ")}.</Text>}
      </Stack>
    </Box>
  );
}
