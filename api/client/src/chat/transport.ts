// The preset for the AI SDK's `useChat`: signed in, only what is new is sent, a broken stream is gone on with.
import { DefaultChatTransport, type ChatTransport } from "ai";
import { problemOf } from "../errors.js";
import { addressOf, type Quiver } from "../quiver.js";
import type { QuiverMessage } from "./messages.js";
import { unbroken, type Patience } from "./unbroken.js";

export interface Talk extends Patience {
  workspaceId: number;
  /** The major version of the package `ai`: only 7 can take back what a process that died had shown. "ai-6" suits both. */
  protocol?: "ai-6" | "ai-7";
}

/** What `useChat({ transport })` takes. Its `id` is any name for the talk, or a session's id. */
export function discoveryTransport(quiver: Quiver, talk: Talk): ChatTransport<QuiverMessage> {
  const { workspaceId, protocol = "ai-6" } = talk;
  const api = quiver.http.url(addressOf("chat", { workspaceId }));
  return new DefaultChatTransport<QuiverMessage>({
    api,
    prepareSendMessagesRequest: ({ id, messages, trigger, messageId }) => ({
      body: { id, messages: messages.slice(-1), trigger, protocol, ...(messageId === undefined ? {} : { messageId }) },
    }),
    prepareReconnectToStreamRequest: ({ id }) => ({ api: quiver.http.url(streamOf(workspaceId, id, protocol)) }),
    fetch: (input, init = {}) => fetchTurn(quiver, talk, String(input), init),
  });
}

async function fetchTurn(quiver: Quiver, talk: Talk, url: string, init: RequestInit): Promise<Response> {
  const { workspaceId, protocol = "ai-6" } = talk;
  const path = url.slice(quiver.http.url("").length);
  const posted = typeof init.body === "string" ? (JSON.parse(init.body) as { id: string; messages: QuiverMessage[] }) : null;
  // A user message names its turn by its id: sent again, it joins the turn. An answer to an approval may only be given once.
  const repeatable = posted?.messages.at(-1)?.role !== "assistant";
  const headers = Object.fromEntries(new Headers(init.headers));
  const signal = init.signal ?? null;
  const answer = await quiver.http.send(path, { ...init, headers: { ...headers, Accept: "text/event-stream" } }, { repeatable, signal });
  if (answer.status === 204) return answer;
  const chatId = posted?.id ?? chatOf(path);
  return unbroken(answer, (lastEventId) => comeBack(quiver, streamOf(workspaceId, chatId, protocol), lastEventId, signal), talk, signal);
}

async function comeBack(quiver: Quiver, path: string, lastEventId: string | null, signal: AbortSignal | null): Promise<Response | null> {
  const headers: Record<string, string> = { Accept: "text/event-stream", ...(lastEventId ? { "Last-Event-ID": lastEventId } : {}) };
  const answer = await quiver.http.send(path, { headers }, { repeatable: false, signal });
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? null : answer;
}

function streamOf(workspaceId: number, sid: string, protocol: "ai-6" | "ai-7"): string {
  return addressOf("resumeChatStream", { workspaceId, sid, protocol });
}

function chatOf(path: string): string {
  return decodeURIComponent(/\/chat\/([^/?]+)\/stream/.exec(path)?.[1] ?? "");
}
