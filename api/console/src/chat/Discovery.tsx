// The discovery page: which talk is shown, and what was said in it before.
import { ActionIcon, Box, Button, Center, Group, Loader, Menu, Text, Tooltip } from "@mantine/core";
import { messagesOf } from "@quiver/client/chat";
import { useQuiver } from "@quiver/client/react";
import { IconHistory, IconMessagePlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { ErrorNotice } from "../parts/Notices";
import { when } from "../parts/words";
import { Talk } from "./Talk";

interface Shown { chatId: string; sessionId: number | null }

/** The newest open talk, or the one in the address; `new` begins another. A new talk has a name of ours until it has an id. */
export function Discovery({ workspaceId, sid }: { workspaceId: number; sid: string | undefined }) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [fresh, setFresh] = useState<Shown>(() => ({ chatId: crypto.randomUUID(), sessionId: null }));
  const key = ["sessions", workspaceId];
  const sessions = useQuery({ queryKey: key, queryFn: ({ signal }) => quiver.listDiscoverySessions({ workspaceId, limit: 30 }, { signal }) });
  const known = sessions.data?.data ?? [];
  const wanted = sid === undefined ? known.find(({ status }) => status === "active") : known.find(({ id }) => String(id) === sid);
  const isFresh = sid === "new" || !wanted || wanted.id === fresh.sessionId;
  // With all that its messages showed; read anew whenever the talk is opened, and not again while it is open.
  const begun = useQuery({
    queryKey: ["session", wanted?.id], enabled: !isFresh, gcTime: 0, staleTime: Infinity,
    queryFn: ({ signal }) => quiver.getDiscoverySession({ workspaceId, sid: String(wanted?.id) }, { signal }),
  });
  if (begun.error && !begun.data) return <Box p="xl"><ErrorNotice error={begun.error} onRetry={() => void begun.refetch()} /></Box>;
  if (sessions.error && !sessions.data) return <Box p="xl"><ErrorNotice error={sessions.error} onRetry={() => void sessions.refetch()} /></Box>;
  if (!sessions.data || (!isFresh && !begun.data)) return <Center h={240}><Loader role="status" aria-label="Loading the talk" /></Center>;
  const begin = () => { setFresh({ chatId: crypto.randomUUID(), sessionId: null }); go(`/w/${workspaceId}/discovery/new`); };
  const actions = (
    <Group gap={6} wrap="nowrap">
      <Menu shadow="md" position="bottom-end" width={300}>
        <Menu.Target><Tooltip label="Earlier talks"><ActionIcon variant="default" size={36} aria-label="Earlier talks"><IconHistory size={18} /></ActionIcon></Tooltip></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Earlier talks</Menu.Label>
          {known.length === 0 && <Menu.Item disabled>None yet</Menu.Item>}
          {known.map((session) => (
            <Menu.Item key={session.id} onClick={() => go(`/w/${workspaceId}/discovery/${session.id}`)}>
              <Text size="sm" truncate>{session.messages[0]?.content ?? "An empty talk"}</Text>
              <Text size="xs" className="muted">{when(session.updatedAt)} · {session.turnCount} turns</Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="default" leftSection={<IconMessagePlus size={18} />} onClick={begin}>New talk</Button>
    </Group>
  );
  const onSession = (sessionId: number) => {
    if (fresh.sessionId === null && isFresh) {
      setFresh({ ...fresh, sessionId });
      // The talk has an id now: a reload finds it again.
      if (sid === "new") go(`/w/${workspaceId}/discovery/${sessionId}`, { replace: true });
    }
    void queries.invalidateQueries({ queryKey: key });
  };
  return isFresh || !begun.data
    ? <Talk key={fresh.chatId} workspaceId={workspaceId} chatId={fresh.chatId} begun={false} messages={[]} actions={actions} onSession={onSession} />
    : <Talk key={begun.data.id} workspaceId={workspaceId} chatId={String(begun.data.id)} begun messages={messagesOf(begun.data)} actions={actions} onSession={onSession} />;
}
