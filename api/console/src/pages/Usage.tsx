import { Button, Card, Group, NumberInput, RingProgress, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorNotice, Loading, Page } from "../parts/Notices";
import { count, money, when, words } from "../parts/words";

export default function Usage({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const budget = useQuery({ queryKey: ["budget", workspaceId], queryFn: ({ signal }) => quiver.getBudget({ workspaceId }, { signal }) });
  const usage = useQuery({ queryKey: ["usage", workspaceId], queryFn: ({ signal }) => quiver.listUsage({ workspaceId }, { signal }) });
  const failure = budget.error ?? usage.error;
  const rows = usage.data?.data ?? [];
  return (
    <Page title="Usage and budget" about="What models and lead data cost, and how much they may.">
      {failure && <ErrorNotice error={failure} onRetry={() => { void budget.refetch(); void usage.refetch(); }} />}
      {!budget.data && !failure && <Loading rows={2} />}
      {budget.data && <Budget key={budget.dataUpdatedAt} workspaceId={workspaceId} budget={budget.data} />}
      <Card component="section" aria-label="Usage by day">
        <Title order={2} size="h5" mb="md">By day</Title>
        {rows.length > 0 && <Days rows={rows} />}
        {usage.data && rows.length === 0 && <Text size="sm" className="muted">Nothing was used yet.</Text>}
        {rows.length > 0 && (
          <Table.ScrollContainer minWidth={560} type="native" mt="md" tabIndex={0} role="region" aria-label="Usage in figures">
            <Table verticalSpacing="xs">
              <Table.Thead><Table.Tr><Table.Th>Day</Table.Th><Table.Th>For</Table.Th><Table.Th>Model</Table.Th><Table.Th ta="right">Tokens</Table.Th><Table.Th ta="right">Credits</Table.Th><Table.Th ta="right">Cost</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {rows.map(({ day, graph, model, inputTokens, outputTokens, credits, costUsd, campaignId }) => (
                  <Table.Tr key={`${day}-${graph}-${model}-${campaignId}`}>
                    <Table.Td>{day}</Table.Td><Table.Td>{graph ? words(graph) : "Lead data"}</Table.Td><Table.Td>{model ?? "—"}</Table.Td>
                    <Table.Td ta="right">{count(inputTokens + outputTokens)}</Table.Td><Table.Td ta="right">{count(credits)}</Table.Td><Table.Td ta="right">{money(costUsd)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Card>
    </Page>
  );
}

function Budget({ workspaceId, budget }: { workspaceId: number; budget: Schemas["BudgetRead"] }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [tokens, setTokens] = useState<number | null>(budget.tokensPerDay);
  const [credits, setCredits] = useState<number | null>(budget.creditsPerMonth);
  const save = useMutation({ mutationFn: () => quiver.updateBudget({ workspaceId, body: { tokensPerDay: tokens, creditsPerMonth: credits } }), onSuccess: () => queries.invalidateQueries({ queryKey: ["budget", workspaceId] }) });
  const { tokensToday, creditsThisMonth, creditsReserved } = budget.spent;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Spent title="Tokens today" spent={tokensToday} limit={budget.tokensPerDay} note={`Begins anew ${when(budget.resetsAt)}`} />
        <Spent title="Credits this month" spent={creditsThisMonth + creditsReserved} limit={budget.creditsPerMonth} note={`${count(creditsReserved)} reserved · begins anew ${when(budget.creditsResetAt)}`} />
      </SimpleGrid>
      <Card component="section" aria-label="Limits">
        <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <Stack gap="sm">
            <Title order={2} size="h5">Limits</Title>
            {save.error && <ErrorNotice error={save.error} />}
            <Group align="end">
              <NumberInput label="Tokens a day" placeholder="No limit" min={0} thousandSeparator value={tokens ?? ""} onChange={(value) => setTokens(value === "" ? null : Number(value))} />
              <NumberInput label="Credits a month" placeholder="None may be spent" min={0} thousandSeparator value={credits ?? ""} onChange={(value) => setCredits(value === "" ? null : Number(value))} />
              <Button type="submit" loading={save.isPending}>Save limits</Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </>
  );
}

function Spent({ title, spent, limit, note }: { title: string; spent: number; limit: number | null; note: string }) {
  const share = limit ? Math.min(100, (spent / limit) * 100) : 0;
  return (
    <Card>
      <Group wrap="nowrap">
        <RingProgress size={92} thickness={9} roundCaps sections={share > 0 ? [{ value: share, color: share > 90 ? "red" : "indigo" }] : []} label={<Text ta="center" size="sm" fw={600}>{limit ? `${Math.round(share)}%` : "—"}</Text>} role="img" aria-label={`${title}: ${count(spent)}${limit ? ` of ${count(limit)}` : ""}`} />
        <div><Text size="sm" className="muted">{title}</Text><Text fw={650} size="xl">{count(spent)}{limit !== null && <Text span className="muted" size="sm"> of {count(limit)}</Text>}</Text><Text size="xs" className="muted">{note}</Text></div>
      </Group>
    </Card>
  );
}

/** Cost of each day, as bars. */
function Days({ rows }: { rows: Schemas["UsageRead"][] }) {
  const days = new Map<string, number>();
  for (const { day, costUsd } of rows) days.set(day, (days.get(day) ?? 0) + costUsd);
  const shown = [...days].toSorted(([a], [b]) => a.localeCompare(b)).slice(-30);
  const most = Math.max(...shown.map(([, cost]) => cost), 0.000001);
  const said = shown.map(([day, cost]) => `${day}: ${money(cost)}`).join(", ");
  return (
    <div role="img" aria-label={`Cost by day. ${said}`}>
      <Group gap={6} align="end" h={96} wrap="nowrap">{shown.map(([day, cost]) => <div key={day} title={`${day}: ${money(cost)}`} style={{ flex: 1, maxWidth: 40, height: `${Math.max(4, (cost / most) * 100)}%`, borderRadius: 5, background: "var(--mantine-primary-color-filled)" }} />)}</Group>
      <Group justify="space-between" mt={4}><Text size="xs" className="muted">{shown[0]?.[0]}</Text>{shown.length > 1 && <Text size="xs" className="muted">{shown.at(-1)?.[0]}</Text>}</Group>
    </div>
  );
}
