// Every lead of the workspace: as many rows as there are, of which only those on the screen exist.
import { Box, Group, MultiSelect, Select, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { Empty, ErrorNotice, Loading } from "../parts/Notices";
import { count, words } from "../parts/words";
import { Rows } from "./Rows";

const PAGE = 1000;
const STATUSES: Schemas["LeadStatus"][] = ["found", "enriching", "enriched", "drafted", "queued", "sent", "responded"];

export default function Leads({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const [params, setParams] = useSearchParams();
  const campaign = params.get("campaign");
  const [status, setStatus] = useState<Schemas["LeadStatus"][]>([]);
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 250);
  const campaigns = useQuery({ queryKey: ["campaigns", workspaceId], queryFn: ({ signal }) => quiver.listCampaigns({ workspaceId }, { signal }) });
  const asked = { workspaceId, limit: PAGE, ...(status.length ? { status } : {}), ...(q ? { q } : {}), ...(campaign ? { campaignId: [Number(campaign)] } : {}) };
  const leads = useInfiniteQuery({
    queryKey: ["leads", asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => quiver.listWorkspaceLeads({ ...asked, count: pageParam === null, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    getNextPageParam: (page) => page.page.nextCursor ?? null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  useOnePageKept(["leads", asked]);
  const rows = useMemo(() => leads.data?.pages.flatMap((page) => page.data) ?? [], [leads.data]);
  const total = leads.data?.pages[0]?.page.total ?? rows.length;
  const filtered = Boolean(status.length || q || campaign);
  return (
    <Box h={{ base: "calc(100dvh - 56px)", sm: "100dvh" }} style={{ display: "flex", flexDirection: "column" }}>
      <Group px={{ base: "md", sm: "xl" }} py="md" justify="space-between" align="end">
        <div><Title order={1} size="h2">Leads</Title><Text size="sm" className="muted" role="status">{leads.data ? `${count(total)} ${filtered ? (total === 1 ? "matches" : "match") : "in all"}` : "…"}</Text></div>
        <Group gap="xs" align="end">
          <TextInput aria-label="Search by name or company" placeholder="Name or company" leftSection={<IconSearch size={16} />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} w={{ base: "100%", xs: 200 }} />
          <Select aria-label="Campaign" placeholder="Every campaign" clearable clearButtonProps={{ "aria-label": "Every campaign" }} w={{ base: "calc(50% - 5px)", xs: 190 }} value={campaign} onChange={(id) => setParams(id ? { campaign: id } : {}, { replace: true })} data={campaigns.data?.data.map(({ id, name }) => ({ value: String(id), label: name })) ?? []} />
          <MultiSelect aria-label="Status" placeholder={status.length ? "" : "Every status"} clearable clearButtonProps={{ "aria-label": "Every status" }} w={{ base: "calc(50% - 5px)", xs: 220 }} value={status} onChange={(value) => setStatus(value as typeof status)} data={STATUSES.map((value) => ({ value, label: words(value) }))} />
        </Group>
      </Group>
      {leads.error && <Box px="xl" pb="md"><ErrorNotice error={leads.error} onRetry={() => void leads.refetch()} /></Box>}
      {!leads.data && !leads.error && <Box px="xl"><Loading rows={8} /></Box>}
      {leads.data && rows.length === 0 && <Empty icon={IconUsers} title={filtered ? "Nobody matches" : "No leads yet"}>{filtered ? "Try fewer filters." : "Leads come from a campaign: found by its experiment's filters, added by hand or from a file."}</Empty>}
      {rows.length > 0 && <Rows workspaceId={workspaceId} rows={rows} total={total} more={leads.hasNextPage} onMore={() => { if (!leads.isFetchingNextPage && !leads.isError) void leads.fetchNextPage(); }} />}
    </Box>
  );
}

/** Who comes back begins at the top: of a hundred pages that were read one is kept, so that one is read anew. */
function useOnePageKept(key: [string, object]) {
  const queries = useQueryClient();
  useEffect(() => () => {
    queries.setQueryData<InfiniteData<unknown>>(key, (held) => held && { pages: held.pages.slice(0, 1), pageParams: held.pageParams.slice(0, 1) }, { updatedAt: queries.getQueryState(key)?.dataUpdatedAt });
  }, [queries, JSON.stringify(key)]);
}
