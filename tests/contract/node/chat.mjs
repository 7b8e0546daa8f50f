// The npm package `ai`, unmodified, as a front end uses it: its own chat and transport, a state kept in memory.
// Takes {version, url, token, workspaceId, chatId, steps: [{do, tab?, meanwhile?, …}]} as one line of JSON and prints
// what the user and the wire saw as another. A tab is one chat on a screen; several show the same talk.
import { lines } from "./lines.mjs";
import { MemoryState } from "./memory_state.mjs";
import { Wire } from "./wire.mjs";

const input = lines();
const orders = JSON.parse(await input.next());
const ai = await import(`ai-${orders.version}`);
const knowsSeven = orders.version === "7";
const talk = `${orders.url}/workspaces/${orders.workspaceId}/discovery`;
const headers = { Authorization: `Bearer ${orders.token}` };
const wire = new Wire(ai);
const tabs = new Map();
const PATIENCE = 40_000;

class Chat extends ai.AbstractChat {
  constructor(options) { super({ ...options, state: new MemoryState(options.messages ?? []) }); }
}

function newTab(messages) {
  const tab = { hydrated: messages, told: [], finishes: [], errors: [], pending: [] };
  tab.chat = new Chat({
    id: orders.chatId,
    messages,
    transport: new ai.DefaultChatTransport({
      // The path to come back by is made of this address, its query kept.
      api: `${talk}/chat${knowsSeven ? "?protocol=ai-7" : ""}`,
      body: knowsSeven ? { protocol: "ai-7" } : {},
      headers: async () => headers,
      fetch: wire.fetch,
    }),
    sendAutomaticallyWhen: ai.lastAssistantMessageIsCompleteWithApprovalResponses,
    onData: (part) => tab.told.push(part),
    onFinish: ({ finishReason, isAbort, isError }) => tab.finishes.push({ finishReason, isAbort, isError }),
    onError: ({ name, message, statusCode }) => tab.errors.push({ name, message, statusCode }),
  });
  return tab;
}

/** What a front end shows after a reload: the talk as the server's own record tells it. */
async function history() {
  const answer = await fetch(`${talk}/sessions/${encodeURIComponent(orders.chatId)}`, { headers });
  if (!answer.ok) throw new Error(`The history can't be read: ${answer.status}`);
  const { messages, approvals } = (await answer.json()).data;
  return messages.map(({ id, role, content }) => ({
    id,
    role,
    parts: [
      { type: "text", text: content },
      ...approvals.filter(({ messageId }) => messageId === id).map(({ approvalId, toolCallId, action, input }) => ({
        type: `tool-${action}`, toolCallId, state: "approval-requested", input, approval: { id: approvalId },
      })),
    ],
  }));
}

async function until(condition, what) {
  const deadline = Date.now() + PATIENCE;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const shown = (message) => (message?.parts ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
const busy = (chat) => chat.status === "submitted" || chat.status === "streaming";
const newestAnswer = (chat) => chat.messages.findLast((message) => message.role === "assistant");

const actions = {
  open: async ({ tab }) => { tabs.set(tab, newTab(await history())); },
  send: ({ chat }, { text, id }) =>
    chat.sendMessage(id === undefined ? { text } : { id, role: "user", parts: [{ type: "text", text }] }),
  edit: ({ chat }, { index, text }) => chat.sendMessage({ text, messageId: chat.messages[index].id }),
  regenerate: ({ chat }) => chat.regenerate(),
  resume: ({ chat }) => chat.resumeStream(),
  // A reload or a closed tab is for the server a connection that ends.
  leave: ({ chat }) => chat.stop(),
  stop: async ({ chat }) => {
    await chat.stop();
    await fetch(`${talk}/chat/${encodeURIComponent(orders.chatId)}/stop`, { method: "POST", headers });
  },
  answer: ({ chat }, { approved, reason }) => {
    const parts = newestAnswer(chat).parts;
    const { approval } = parts.find((part) => part.state === "approval-requested");
    return chat.addToolApprovalResponse({ id: approval.id, approved, reason });
  },
  see: ({ chat }, { characters }) =>
    until(() => chat.status === "streaming" && shown(chat.messages.at(-1)).length >= characters, `${characters} characters`),
  // Whoever runs the script does what they waited to do, and says when it is done.
  tell: async () => { console.log("now"); await input.next(); },
  settle: async (tab) => {
    await Promise.all(tab.pending.splice(0));
    await until(() => !busy(tab.chat), "the answer's end");
  },
};

for (const { do: name, tab = "first", meanwhile = false, ...rest } of orders.steps) {
  if (name === "open") { await actions.open({ tab }); continue; }
  if (!tabs.has(tab)) tabs.set(tab, newTab([]));
  const at = tabs.get(tab);
  const done = actions[name](at, rest);
  if (meanwhile) { at.pending.push(done); continue; }
  await done;
  if (name === "answer") await actions.settle(at);
}

await wire.read();
input.close();
const seen = [...tabs].map(([name, { chat, pending, ...rest }]) => [
  name,
  { ...rest, status: chat.status, error: chat.error?.message ?? null, messages: chat.messages },
]);
console.log(JSON.stringify({ node: process.version, tabs: Object.fromEntries(seen), requests: wire.requests }));
