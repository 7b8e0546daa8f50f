import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { IconFlask } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { Code } from "../parts/Code";
import { ExperimentCard } from "../parts/ExperimentCard";
import { Interval, scaleOf } from "../parts/Interval";
import { Empty, ErrorNotice, Loading, Page } from "../parts/Notices";
import { count } from "../parts/words";

const VERDICTS = { better: "does better than", worse: "does worse than", no_difference: "does no differently from", not_enough_data: "can't be told yet from" };

export default function Experiments({ workspaceId }: { workspaceId: number }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const experiments = useQuery({ queryKey: ["experiments", workspaceId], queryFn: ({ signal }) => quiver.listExperiments({ workspaceId }, { signal }) });
  const start = useMutation({
    mutationFn: (experiment: { id: number; name: string }) => quiver.createCampaign({ workspaceId, body: { name: experiment.name, experimentId: experiment.id } }),
    onSuccess: async ({ id }) => { await queries.invalidateQueries({ queryKey: ["campaigns", workspaceId] }); go(`/w/${workspaceId}/campaigns/${id}`); },
  });
  const shown = experiments.data?.data;
  return (
    <Page title="Experiments" about="Five arms that results can tell apart. Point at a line, or tap it, to see what it rests on.">
      {experiments.error && <ErrorNotice error={experiments.error} onRetry={() => void experiments.refetch()} />}
      {start.error && <ErrorNotice error={start.error} />}
      {!shown && !experiments.error && <Loading />}
      {shown?.length === 0 && (
        <Empty icon={IconFlask} title="No experiments yet" action={<Button component={Link} href={`/w/${workspaceId}/discovery`}>Go to the talk</Button>}>They come out of the discovery talk. Ask for five at any time; what is assumed is said plainly.</Empty>
      )}
      {shown && shown.length > 0 && <Comparison workspaceId={workspaceId} names={new Map(shown.map(({ id, name }) => [id, name]))} />}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {shown?.map((experiment) => (
          <ExperimentCard
            key={experiment.id} experiment={experiment}
            foot={<Group justify="space-between"><Group gap={6}><Code value={experiment.status} /><Text size="xs" className="muted">{count(experiment.leadsFound)} leads</Text></Group><Button size="xs" variant="light" loading={start.isPending && start.variables.id === experiment.id} onClick={() => start.mutate(experiment)}>Start a campaign</Button></Group>}
          />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function Comparison({ workspaceId, names }: { workspaceId: number; names: Map<number, string> }) {
  const quiver = useQuiver();
  const { data, error, refetch } = useQuery({ queryKey: ["comparison", workspaceId], queryFn: ({ signal }) => quiver.compareExperiments({ workspaceId }, { signal }) });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data?.experiments.length) return null;
  const scale = scaleOf(data.experiments.map(({ rate }) => rate));
  const name = (id: number) => names.get(id) ?? `Experiment ${id}`;
  return (
    <Card component="section" aria-label="Comparison">
      <Title order={2} size="h4" mb={4}>What the results say</Title>
      <Text size="sm" className="muted" mb="md">Each bar is where the true rate lies, as far as anybody can know by now.</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="md">{data.experiments.map(({ experimentId, rate, n }) => <Interval key={experimentId} rate={rate} n={n} scale={scale} label={name(experimentId)} />)}</Stack>
        <Stack gap="xs">
          {data.verdicts.length === 0 && <Text size="sm" className="muted">There is nothing to compare yet.</Text>}
          {data.verdicts.map(({ a, b, verdict, more }) => <Text size="sm" key={`${a}-${b}`}><strong>{name(a)}</strong> {VERDICTS[verdict]} <strong>{name(b)}</strong>{verdict === "not_enough_data" && more > 0 ? `: ${count(more)} more leads needed.` : "."}</Text>)}
        </Stack>
      </SimpleGrid>
    </Card>
  );
}
