import { Button, Card, Group, Modal, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuiver } from "@quiver/client/react";
import { IconPlus, IconSpeakerphone } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Code } from "../parts/Code";
import { Interval, scaleOf } from "../parts/Interval";
import { Empty, ErrorNotice, Loading, Page } from "../parts/Notices";
import { count } from "../parts/words";

export default function Campaigns({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const [making, { open, close }] = useDisclosure();
  const campaigns = useQuery({ queryKey: ["campaigns", workspaceId], queryFn: ({ signal }) => quiver.listCampaigns({ workspaceId }, { signal }) });
  const shown = campaigns.data?.data;
  const scale = scaleOf(shown?.map(({ stats }) => stats.replyRate) ?? []);
  const add = <Button leftSection={<IconPlus size={16} />} onClick={open}>New campaign</Button>;
  return (
    <Page title="Campaigns" about="Who is being written to, and what comes back." actions={add}>
      {campaigns.error && <ErrorNotice error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      {!shown && !campaigns.error && <Loading />}
      {shown?.length === 0 && <Empty icon={IconSpeakerphone} title="No campaigns yet" action={<Button variant="light" component={Link} href={`/w/${workspaceId}/experiments`}>See the experiments</Button>}>Start one from an experiment, or make one of your own.</Empty>}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {shown?.map((campaign) => (
          <Card key={campaign.id} component="article">
            <Stack gap="sm">
              <Group justify="space-between" wrap="nowrap" align="start"><Text component={Link} href={`/w/${workspaceId}/campaigns/${campaign.id}`} fw={650} c="inherit">{campaign.name}</Text><Code value={campaign.status} /></Group>
              <Group gap="lg">
                <Figure label="leads" value={campaign.totalLeads} /><Figure label="contacted" value={campaign.contactedCount} />
                <Figure label="replied" value={campaign.repliedCount} /><Figure label="meetings" value={campaign.meetingsBooked} />
              </Group>
              <Interval label="Reply rate" rate={campaign.stats.replyRate} n={campaign.stats.replyRate.n} scale={scale} />
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
      <NewCampaign workspaceId={workspaceId} opened={making} onClose={close} />
    </Page>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return <div><Text fw={650} size="lg" lh={1.1}>{count(value)}</Text><Text size="xs" className="muted">{label}</Text></div>;
}

function NewCampaign({ workspaceId, opened, onClose }: { workspaceId: number; opened: boolean; onClose: () => void }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => quiver.createCampaign({ workspaceId, body: { name } }),
    onSuccess: async ({ id }) => { await queries.invalidateQueries({ queryKey: ["campaigns", workspaceId] }); onClose(); go(`/w/${workspaceId}/campaigns/${id}`); },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New campaign" centered>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack>
          {make.error && <ErrorNotice error={make.error} />}
          <TextInput label="Name" required data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <Button type="submit" loading={make.isPending}>Create campaign</Button>
        </Stack>
      </form>
    </Modal>
  );
}
