// Parts of a whole, as bars with their numbers.
import { Group, Progress, Stack, Text } from "@mantine/core";
import { colour, count, words } from "./words";

/** Grey's own shade for fillings can't be told from a dark page. */
const barColour = (name: string): string => (colour(name) === "gray" ? "gray.6" : colour(name));

export function Bars({ parts, order, label }: { parts: Record<string, number>; order?: string[]; label: string }) {
  const names = (order ?? Object.keys(parts)).filter((name) => (parts[name] ?? 0) > 0);
  const most = Math.max(1, ...names.map((name) => parts[name] ?? 0));
  if (!names.length) return <Text size="sm" className="muted">Nothing yet.</Text>;
  return (
    <Stack gap={10} role="list" aria-label={label}>
      {names.map((name) => (
        <div key={name} role="listitem">
          <Group justify="space-between" mb={3}><Text size="sm">{words(name)}</Text><Text size="sm" fw={600}>{count(parts[name] ?? 0)}</Text></Group>
          <Progress value={((parts[name] ?? 0) / most) * 100} color={barColour(name)} size="sm" aria-label={words(name)} />
        </div>
      ))}
    </Stack>
  );
}
