// The discovery talk's messages as `useChat` holds them, with the data parts that the API's own event models describe.
import type { UIMessage } from "ai";
import type { Schemas } from "../types.js";

export type DataParts = Schemas["StreamParts"];
export type MessageMetadata = Schemas["StreamMetadata"];

/** The agent's actions that wait for a yes, by name: what goes in and what comes out is JSON. */
export type Actions = Record<string, { input: Record<string, unknown>; output: Record<string, unknown> | null }>;
export type QuiverMessage = UIMessage<MessageMetadata, { [Name in keyof DataParts]: DataParts[Name] }, Actions>;
type Part = QuiverMessage["parts"][number];

/** The text of a message. */
export function textOf(message: QuiverMessage): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** The newest data part of this name; undefined when there is none. */
export function partOf<Name extends keyof DataParts>(message: QuiverMessage | undefined, name: Name): DataParts[Name] | undefined {
  const found = message?.parts.findLast((part) => part.type === `data-${name}`);
  return found && "data" in found ? (found.data as DataParts[Name]) : undefined;
}

export interface PendingApproval { approvalId: string; action: string; input: Record<string, unknown> }

/** What the agent waits for a yes to; undefined when it waits for nothing. */
export function pendingApproval(message: QuiverMessage | undefined): PendingApproval | undefined {
  for (const part of message?.parts ?? []) {
    if (!isAction(part) || part.state !== "approval-requested") continue;
    const { id } = part.approval as { id: string };
    return { approvalId: id, action: part.type.slice("tool-".length), input: (part.input ?? {}) as Record<string, unknown> };
  }
  return undefined;
}

type Recorded = Pick<Schemas["SessionRead"], "messages" | "approvals"> & { parts?: Schemas["MessageParts"][] };

/** The record of a session as messages, for `useChat({ messages })` after a reload: with what they showed, and approvals' buttons. */
export function messagesOf({ messages, approvals, parts = [] }: Recorded): QuiverMessage[] {
  return messages.map(({ id, role, content, turnId }, index) => ({
    id: id ?? `record-${index}`,
    role,
    ...metadataOf(turnId, parts.find(({ messageId }) => messageId === id)?.usage),
    parts: [
      ...shownBy(["experiments"], parts.find(({ messageId }) => messageId === id)),
      { type: "text", text: content },
      ...shownBy(["hypotheses", "suggestions"], parts.find(({ messageId }) => messageId === id)),
      ...approvals.filter((asked) => asked.messageId === id).map(({ approvalId, toolCallId, action, input }) => ({
        type: `tool-${action}`, toolCallId, state: "approval-requested", input, approval: { id: approvalId },
      }) as Part),
    ],
  }));
}

function shownBy(names: ("experiments" | "hypotheses" | "suggestions")[], shown: Schemas["MessageParts"] | undefined): Part[] {
  return names.flatMap((name) => (shown?.[name] ? [{ type: `data-${name}`, id: name, data: shown[name] } as Part] : []));
}

function metadataOf(turnId: string | null | undefined, usage: DataParts["usage"] | null | undefined): { metadata?: MessageMetadata } {
  return usage ? { metadata: { usage, ...(turnId ? { turnId } : {}) } } : {};
}

function isAction(part: Part): part is Extract<Part, { type: `tool-${string}` }> {
  return part.type.startsWith("tool-");
}
