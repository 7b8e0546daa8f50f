// The npm package `ai`, unmodified, talks with the discovery agent. Reads its orders from standard input as JSON
// {url, token, workspaceId, messages: [text, …], approve: bool}, prints what the client saw as JSON.
import { readFileSync } from "node:fs";
import { AbstractChat, DefaultChatTransport } from "ai";

class MemoryState {
  status = "ready";
  error = undefined;
  messages = [];
  pushMessage = (message) => { this.messages = this.messages.concat(message); };
  popMessage = () => { this.messages = this.messages.slice(0, -1); };
  replaceMessage = (index, message) => {
    this.messages = [...this.messages.slice(0, index), message, ...this.messages.slice(index + 1)];
  };
  snapshot = (value) => structuredClone(value);
}

class Chat extends AbstractChat {
  constructor(options) { super({ ...options, state: new MemoryState() }); }
}

const orders = JSON.parse(readFileSync(0, "utf8"));
const dataParts = [];
const finishes = [];
const errors = [];
const chat = new Chat({
  id: orders.chatId,
  transport: new DefaultChatTransport({
    api: `${orders.url}/workspaces/${orders.workspaceId}/discovery/chat`,
    headers: async () => ({ Authorization: `Bearer ${orders.token}` }),
  }),
  onData: (part) => dataParts.push(part),
  onFinish: ({ finishReason, isAbort, isError }) => finishes.push({ finishReason, isAbort, isError }),
  onError: (error) => errors.push(error.message),
});

for (const text of orders.messages) await chat.sendMessage({ text });

if (orders.answerApproval !== undefined) {
  const last = chat.messages.at(-1);
  const asked = last.parts.find((part) => part.state === "approval-requested");
  if (asked) {
    await chat.addToolApprovalResponse({ id: asked.approval.id, approved: orders.answerApproval });
    await chat.sendMessage();
  }
}

console.log(JSON.stringify({ status: chat.status, error: chat.error?.message ?? null, messages: chat.messages, dataParts, finishes, errors }));
