// What is stored about a lead, each with the words it rests on; what somebody knows can be added.
import { Button, Group, Popover, Select, Stack, Text, TextInput } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Code } from "../parts/Code";
import { Growing } from "../parts/Growing";
import { ErrorNotice } from "../parts/Notices";
import { sourceWords, when, words } from "../parts/words";
import { Panel } from "./Lead";

const TYPES: Schemas["SignalType"][] = ["hiring", "funding", "expansion", "product_launch", "partnership", "leadership_change", "news_mention", "social_activity"];

export function Signals({ leadId }: { leadId: number }) {
  const quiver = useQuiver();
  const signals = useQuery({ queryKey: ["signals", leadId], queryFn: ({ signal }) => quiver.listSignals({ leadId }, { signal }) });
  return (
    <Panel title="Evidence">
      <Stack gap="md">
        {signals.error && <ErrorNotice error={signals.error} />}
        {signals.data?.data.length === 0 && <Text size="sm" className="muted">No signals yet. Enriching the lead looks for them, or add what you have read.</Text>}
        {signals.data?.data.map(({ id, headline, description, signalType, citations, detectedAt }) => (
          <div key={id}>
            <Group gap="xs"><Text fw={600} size="sm">{headline}</Text><Code value={signalType} /></Group>
            {description && <Text size="sm">{description}</Text>}
            {citations.map(({ quote, source }) => <Text size="sm" className="muted" fs="italic" key={quote}>“{quote}” ({sourceWords(source)})</Text>)}
            {detectedAt && <Text size="xs" className="muted">{when(detectedAt)}</Text>}
          </div>
        ))}
        <Add leadId={leadId} />
      </Stack>
    </Panel>
  );
}

function Add({ leadId }: { leadId: number }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [signalType, setType] = useState<Schemas["SignalType"]>("hiring");
  const [headline, setHeadline] = useState("");
  const [quote, setQuote] = useState("");
  const [url, setUrl] = useState("");
  const add = useMutation({
    mutationFn: () => quiver.createSignal({ leadId, body: { headline, signalType, citations: [{ quote, source: "user", ...(url ? { url } : {}) }] } }),
    onSuccess: () => { setOpen(false); void queries.invalidateQueries({ queryKey: ["signals", leadId] }); },
  });
  return (
    <Popover opened={open} onChange={setOpen} width={340} shadow="md" trapFocus position="top-start">
      <Popover.Target><Button variant="light" size="xs" w="fit-content" onClick={() => setOpen(!open)}>Add evidence</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); add.mutate(); }}>
          <Stack gap="xs">
            {add.error && <ErrorNotice error={add.error} />}
            <Select label="Kind" allowDeselect={false} comboboxProps={{ withinPortal: false }} value={signalType} onChange={(value) => value && setType(value as typeof signalType)} data={TYPES.map((value) => ({ value, label: words(value) }))} />
            <TextInput label="Headline" required data-autofocus value={headline} onChange={(event) => setHeadline(event.currentTarget.value)} />
            <Growing label="In their words" required rows={2} value={quote} onChange={(event) => setQuote(event.currentTarget.value)} />
            <TextInput label="Where you read it" type="url" placeholder="https://" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
            <Button type="submit" loading={add.isPending}>Add evidence to the lead</Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
