// One arm of a set: what it tests, what differs from the control, and what each part rests on.
import { Badge, Card, Group, HoverCard, Stack, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import type { ReactNode } from "react";
import { Code } from "./Code";
import { colour, percent, sourceWords, words } from "./words";

type Design = NonNullable<Schemas["ProposedExperiment"]["design"]>;
type DimensionName = NonNullable<Design["changedDimensions"]>[number];
export interface ShownExperiment { name: string; type: Schemas["ExperimentType"]; pattern: string | null; pain: string | null; design: Design | null }

const DIMENSIONS: DimensionName[] = ["persona", "firmographic", "situation", "trigger", "angle", "channel"];

export function ExperimentCard({ experiment, foot }: { experiment: ShownExperiment; foot?: ReactNode }) {
  const { name, type, pattern, pain, design } = experiment;
  const changed = design?.changedDimensions ?? [];
  return (
    <Card component="article" aria-label={name} style={{ borderTop: `3px solid var(--mantine-color-${colour(type)}-6)` }}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
          <Text fw={650} lineClamp={2}>{name}</Text>
          <Code value={type} />
        </Group>
        {pattern && <Text size="sm" className="muted" lineClamp={3}>{pattern}</Text>}
        {pain && <Text size="sm" lineClamp={3}>{pain}</Text>}
        <Text size="sm" fw={550}>{differs(type, changed)}</Text>
        {design && <Stack gap={2}>{DIMENSIONS.map((dimension) => <Dimension key={dimension} name={dimension} held={design[dimension]} changed={changed.includes(dimension)} />)}</Stack>}
        {design && (
          <Text size="xs" className="muted" mt="auto">
            Measures {words(design.outcomeMeasured).toLowerCase()} over {design.windowDays} days · at least {design.minimumSample} leads{design.leadShare ? ` · ${percent(design.leadShare)} of leads` : ""}
          </Text>
        )}
        {foot}
      </Stack>
    </Card>
  );
}

function differs(type: Schemas["ExperimentType"], changed: DimensionName[]): string {
  if (type === "bullseye") return "The control: every other arm is compared with it.";
  if (!changed.length) return "Differs in more than one respect.";
  return `Differs from the control in ${changed.map((name) => words(name).toLowerCase()).join(" and ")}.`;
}

function Dimension({ name, held, changed }: { name: DimensionName; held: Design[DimensionName]; changed: boolean }) {
  return (
    <HoverCard position="top">
      <HoverCard.Target>
        <UnstyledButton px={6} py={3} style={{ borderRadius: 6, cursor: "help", background: changed ? "var(--mantine-primary-color-light)" : undefined }}>
          <Group gap={8} wrap="nowrap">
            <span aria-hidden style={{ width: 8, height: 8, borderRadius: 4, flex: "none", background: `var(--mantine-color-${colour(held.standing)}-6)` }} />
            <Text size="xs" className="muted" w={84} style={{ flex: "none" }}>{words(name)}</Text>
            <Text size="xs" truncate fw={changed ? 650 : 400}>{held.value}</Text>
            <VisuallyHidden>{words(held.standing)}</VisuallyHidden>
          </Group>
        </UnstyledButton>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={6}>
          <Group justify="space-between"><Text size="sm" fw={600}>{words(name)}</Text><Badge color={colour(held.standing)}>{words(held.standing)}</Badge></Group>
          <Text size="sm">{held.value}</Text>
          {held.quote ? <Text size="sm" fs="italic" className="muted">“{held.quote}” {held.source && `(${sourceWords(held.source)})`}</Text> : <Text size="sm" className="muted">No stored words carry it: the experiment finds out.</Text>}
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
