// One talk with the agent: what was said, what it is doing, what it asks, and the box to answer in.
import { Alert, Box, Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { ProblemError } from "@quiver/client";
import { pendingApproval, type QuiverMessage } from "@quiver/client/chat";
import { useDiscovery, useQuiver } from "@quiver/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, type ReactNode, type RefObject } from "react";
import { connection } from "../queries";
import { Approval } from "./Approval";
import { Composer } from "./Composer";
import { Known, KnownButton, knownOf } from "./Known";
import { Message } from "./Message";

interface TalkProps { workspaceId: number; chatId: string; begun: boolean; messages: QuiverMessage[]; actions: ReactNode; onSession: (id: number) => void }

const OPENERS = ["We sell to heads of maintenance. Who else should we try?", "Just give me five experiments now.", "What do you need to know about our customers?"];

export function Talk({ workspaceId, chatId, begun, messages: before, actions, onSession }: TalkProps) {
  const quiver = useQuiver();
  const queries = useQueryClient();
  const onFinish = useCallback(() => { void queries.invalidateQueries({ queryKey: ["experiments", workspaceId] }); }, [queries, workspaceId]);
  const { messages, status, error, node, suggestions, sendMessage, stop, regenerate, resumeStream, answer, clearError } =
    useDiscovery({ workspaceId, chatId, protocol: "ai-7", messages: before, resume: begun, onFinish });
  const hypotheses = knownOf(messages);
  const busy = status === "submitted" || status === "streaming";
  const newest = messages.at(-1);
  const approval = busy ? undefined : pendingApproval(newest);
  const sessionId = messages.findLast(({ metadata }) => metadata?.sessionId)?.metadata?.sessionId;
  useEffect(() => { if (sessionId) onSession(sessionId); }, [sessionId, status === "ready"]);
  useRejoin(begun, busy, newest, resumeStream);

  const pane = useRef<HTMLDivElement>(null);
  const talk = useRef<HTMLDivElement>(null);
  const near = useAtItsEnd(pane, talk);

  // Another tab may have said something: what the server knows of is asked for when this one is looked at again.
  const running = error instanceof Error && /being (written|answered)|running/i.test(error.message);
  return (
    <Group gap={0} wrap="nowrap" align="stretch" h={{ base: "calc(100dvh - 56px)", sm: "100dvh" }}>
      <Stack flex={1} gap={0} miw={0}>
        <Group justify="space-between" px={{ base: "md", sm: "xl" }} py="md" wrap="nowrap">
          <Box miw={0}><Title order={1} size="h3">Discovery</Title><Text size="sm" className="muted" truncate visibleFrom="sm">Talk about who buys and why; it ends in five experiments.</Text></Box>
          <Group gap={6} wrap="nowrap">{hypotheses && <KnownButton hypotheses={hypotheses} />}{actions}</Group>
        </Group>
        <Box
          ref={pane} flex={1} px={{ base: "md", sm: "xl" }} style={{ overflowY: "auto" }} tabIndex={0} role="log" aria-label="The talk" aria-live="polite" aria-busy={busy}
        >
          <Stack ref={talk} gap="lg" maw={760} mx="auto" py="md">
            {messages.length === 0 && <Welcome onPick={(text) => void sendMessage({ text })} />}
            {messages.map((message) => <Message key={message.id} message={message} />)}
            {busy && <Group gap="xs" role="status"><Loader size="xs" type="dots" /><Text size="sm" className="muted">{node?.label ?? "Thinking"} …</Text></Group>}
            {approval && <Approval approval={approval} onAnswer={answer} />}
            {error && (
              <Alert color="red" role="alert" title={sentence(error)}>
                <Group gap="xs" mt={4}>
                  {running
                    ? <Button size="xs" variant="default" onClick={() => { clearError(); void resumeStream(); }}>Show the answer that is being written</Button>
                    : <Button size="xs" variant="default" onClick={() => { clearError(); void (newest?.role === "user" ? regenerateOrSend() : resumeStream()); }}>Try again</Button>}
                </Group>
              </Alert>
            )}
          </Stack>
        </Box>
        <Composer
          busy={busy} placeholder={suggestions?.placeholder ?? "Say something about your market"} replies={busy || approval ? [] : (suggestions?.replies ?? [])}
          onSend={(text) => { near.current = true; void sendMessage({ text }); }} onStop={() => void stop().catch(() => connection.set(true))}
        />
      </Stack>
      {hypotheses && <Known hypotheses={hypotheses} />}
    </Group>
  );

  /** The message that found no server is sent again; one that was answered with a failure gets another answer. */
  async function regenerateOrSend() {
    const { stopped } = await quiver.stopChat({ workspaceId, sid: chatId }).catch(() => ({ stopped: false }));
    void stopped;
    await regenerate();
  }
}

/** Whoever reads at the end stays there, whatever grows: the answer, a question below it, or the window. Only going up leaves it. */
function useAtItsEnd(pane: RefObject<HTMLDivElement | null>, talk: RefObject<HTMLDivElement | null>): RefObject<boolean> {
  const near = useRef(true);
  useEffect(() => {
    const at = pane.current;
    if (!at || !talk.current) return;
    let top = 0;
    // What grew since the end was gone to makes it far away, and is no reason to stay behind.
    const scrolled = () => {
      if (at.scrollHeight - at.scrollTop - at.clientHeight < 120) near.current = true;
      else if (at.scrollTop < top) near.current = false;
      top = at.scrollTop;
    };
    const grown = new ResizeObserver(() => { if (near.current) at.scrollTop = at.scrollHeight; });
    at.addEventListener("scroll", scrolled, { passive: true });
    grown.observe(at);
    grown.observe(talk.current);
    return () => { at.removeEventListener("scroll", scrolled); grown.disconnect(); };
  }, [pane, talk]);
  return near;
}

/** Show what another tab said meanwhile, when this one is looked at again. */
function useRejoin(begun: boolean, busy: boolean, newest: QuiverMessage | undefined, resumeStream: () => Promise<void>) {
  useEffect(() => {
    if (!begun && !newest) return;
    const look = () => { if (!busy && document.visibilityState === "visible" && newest?.role === "user") void resumeStream(); };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [begun, busy, newest, resumeStream]);
}

function Welcome({ onPick }: { onPick: (text: string) => void }) {
  return (
    <Stack gap="md" py="xl" align="center" ta="center">
      <Title order={2} size="h3">Who should buy from you next?</Title>
      <Text className="muted" maw={460}>Tell the agent what you sell and who bought it. It asks one good question at a time, and designs five experiments that results can tell apart.</Text>
      <Stack gap="xs" w="100%" maw={460}>{OPENERS.map((text) => <Button key={text} variant="default" h="auto" py="sm" styles={{ label: { whiteSpace: "normal" } }} onClick={() => onPick(text)}>{text}</Button>)}</Stack>
    </Stack>
  );
}

/** Why, for people: a problem document comes as the text of an error. */
function sentence(error: Error): string {
  if (error instanceof ProblemError) return error.message;
  try { return (JSON.parse(error.message) as { detail?: string }).detail ?? error.message; } catch { return error.message; }
}
