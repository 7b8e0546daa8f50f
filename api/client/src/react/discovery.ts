"use client";
// The discovery talk as one hook: `useChat` with the transport preset, the agent's place, approvals, and a stop that the server hears.
import { useChat, type UseChatHelpers } from "@ai-sdk/react";
import { lastAssistantMessageIsCompleteWithApprovalResponses } from "ai";
import { useCallback, useMemo, useRef, useState } from "react";
import { partOf, pendingApproval, type DataParts, type PendingApproval, type QuiverMessage } from "../chat/messages.js";
import { discoveryTransport, type Talk } from "../chat/transport.js";
import { wait } from "../waiting.js";
import { useQuiver } from "./provider.js";

/** How long a stopped stream is waited for. */
const STOP_MS = 3_000;

export interface UseDiscoveryOptions extends Talk {
  /** Any name for the talk, or a session's id. */
  chatId: string;
  /** What was said before: `messagesOf(session)`. */
  messages?: QuiverMessage[];
  /** Whether a turn that still runs is joined at once; true. */
  resume?: boolean;
  onFinish?: () => void;
}

export interface Discovery extends UseChatHelpers<QuiverMessage> {
  /** What the agent is doing, while it is doing it. */
  node: DataParts["node"] | null;
  suggestions: DataParts["suggestions"] | undefined;
  /** What waits for a yes. */
  approval: PendingApproval | undefined;
  answer: (approved: boolean, reason?: string) => void;
}

export function useDiscovery({ chatId, messages = [], resume = true, onFinish, ...talk }: UseDiscoveryOptions): Discovery {
  const quiver = useQuiver();
  const { workspaceId, protocol } = talk;
  const [node, setNode] = useState<DataParts["node"] | null>(null);
  const transport = useMemo(
    () => discoveryTransport(quiver, { workspaceId, ...(protocol ? { protocol } : {}) }),
    [quiver, workspaceId, protocol],
  );
  const chat = useChat<QuiverMessage>({
    id: chatId,
    messages,
    transport,
    resume,
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
    onData: (part) => { if (part.type === "data-node") setNode(part.data as DataParts["node"]); },
    onFinish: () => { setNode(null); onFinish?.(); },
    onError: () => setNode(null),
  });
  const { stop: leave, addToolApprovalResponse } = chat;
  const newest = chat.messages.at(-1);
  const approval = pendingApproval(newest);
  const idle = chat.status === "ready" || chat.status === "error";

  const state = useRef(chat.status);
  state.current = chat.status;

  /** The server stops and keeps the text so far, and the stream says so; this reader leaves if it doesn't end by itself. */
  const stop = useCallback(async () => {
    try {
      const { stopped } = await quiver.stopChat({ workspaceId, sid: chatId });
      for (let left = STOP_MS / 50; stopped && left > 0 && state.current === "streaming"; left -= 1) await wait(50);
    } finally {
      await leave();
      setNode(null);
    }
  }, [quiver, workspaceId, chatId, leave]);

  const answer = useCallback((approved: boolean, reason?: string) => {
    if (approval) void addToolApprovalResponse({ id: approval.approvalId, approved, ...(reason ? { reason } : {}) });
  }, [approval, addToolApprovalResponse]);

  return { ...chat, stop, node: idle ? null : node, suggestions: partOf(newest, "suggestions"), approval, answer };
}
