// What front ends do with the package. Takes {scenario, url, token, workspaceId, …} as one line of JSON, prints what came of
// it as another; in between, "now" asks whoever runs this to do what they waited to do.
import * as quiverClient from "@quiver/client";
import { discoveryTransport, messagesOf, partOf, pendingApproval, textOf } from "@quiver/client/chat";
import * as ai from "ai";
import { lines } from "./lines.mjs";
import { MemoryState } from "./memory_state.mjs";

const { allOf, createQuiver, configureQuiver, pollJobStatus, ProblemError } = quiverClient;
const input = lines();
const orders = JSON.parse(await input.next());
const { workspaceId } = orders;
const tell = async () => { console.log("now"); await input.next(); };
const wire = [];

/** What goes over the wire, as the test wants to see it. */
async function noted(url, init) {
  const seen = { method: init.method ?? "GET", path: new URL(url).pathname, key: init.headers.get("idempotency-key"), status: 0 };
  wire.push(seen);
  const answer = await fetch(url, init);
  seen.status = answer.status;
  return answer;
}

const options = { baseUrl: orders.url, token: () => orders.token, fetch: noted };
const quiver = createQuiver(options);

async function refusal(promise) {
  const error = await promise.then(() => null, (reason) => reason);
  return error && { name: error.name, known: error instanceof ProblemError, message: error.message, status: error.status, code: error.code, fields: error.fields };
}

class Chat extends ai.AbstractChat {
  constructor(init) { super({ ...init, state: new MemoryState([]) }); }
}

function newChat(patience = {}) {
  const told = [];
  const chat = new Chat({
    id: orders.chatId,
    transport: discoveryTransport(quiver, { workspaceId, protocol: orders.protocol, ...patience }),
    sendAutomaticallyWhen: ai.lastAssistantMessageIsCompleteWithApprovalResponses,
    onData: (part) => told.push(part),
  });
  return { chat, told };
}

async function until(condition) {
  for (let left = 4000; !condition(); left -= 1) {
    if (!left) throw new Error("It never came to this.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const idle = (chat) => chat.status === "ready" || chat.status === "error";
const shown = ({ messages, status, error }) => ({
  status,
  error: error?.message ?? null,
  roles: messages.map(({ role }) => role),
  texts: messages.map(textOf),
});

const scenarios = {
  async rest() {
    const made = await quiver.createCampaign({ workspaceId, body: { name: "First" } });
    await quiver.createCampaign({ workspaceId, body: { name: "Second" } });
    const page = await quiver.listCampaigns({ workspaceId, limit: 1, count: true });
    const names = [];
    for await (const campaign of allOf(quiver.listCampaigns, { workspaceId, limit: 1 })) names.push(campaign.name);
    const batch = await quiver.addLeadBatch({
      campaignId: made.id,
      body: { leads: [{ fullName: "Ada Lovelace", email: "ada@engines.example" }, { fullName: "Ada L.", email: "ada@engines.example" }] },
    });
    const form = { file: new Blob(["Name\nGrace Hopper\n"], { type: "text/csv" }), mapping: JSON.stringify({ Name: "fullName" }) };
    const imported = await quiver.importLeads({ campaignId: made.id, body: form });
    let tag;
    await quiver.getCampaign({ campaignId: made.id }, { onResponse: ({ headers }) => { tag = headers.get("etag"); } });
    const saved = await quiver.updateCampaign({ campaignId: made.id, body: { name: "Renamed" } }, { ifMatch: tag });
    return { page, names, batch, imported, saved: saved.name, stale: await refusal(quiver.updateCampaign({ campaignId: made.id, body: { name: "Late" } }, { ifMatch: tag })) };
  },

  async errors() {
    const stranger = createQuiver({ ...options, token: () => "not.a.token" });
    const nowhere = createQuiver({ ...options, baseUrl: "http://127.0.0.1:9", retries: 1 });
    const before = wire.length;
    const repeated = [];
    let refusals = 2;
    const shaky = createQuiver({
      ...options,
      fetch: (url, init) => {
        repeated.push([init.method, init.headers.get("idempotency-key")]);
        if (refusals-- > 0) return Promise.reject(new TypeError("cut"));
        return fetch(url, init);
      },
    });
    const made = await shaky.createCampaign({ workspaceId, body: { name: "Once" } });
    refusals = 1;
    const put = await refusal(shaky.updateCampaign({ campaignId: made.id, body: { name: "Twice" } }));
    return {
      missing: await refusal(quiver.getLead({ leadId: 2 ** 40 })),
      wrong: await refusal(quiver.createCampaign({ workspaceId, body: { name: "", colour: "red" } })),
      stranger: await refusal(stranger.getMe()),
      nowhere: await refusal(nowhere.getMe()),
      requests: wire.slice(before).length,
      repeated,
      put,
      campaigns: (await quiver.listCampaigns({ workspaceId })).data.map(({ name }) => name),
    };
  },

  async talk() {
    const { chat, told } = newChat();
    await chat.sendMessage({ text: "Just give me five experiments now." });
    const answer = chat.messages.at(-1);
    const experiments = partOf(answer, "experiments");
    const asked = pendingApproval(answer);
    await chat.addToolApprovalResponse({ id: asked.approvalId, approved: true });
    await until(() => wire.filter(({ method }) => method === "POST").length === 2 && idle(chat));
    const saved = await quiver.listExperiments({ workspaceId });
    const partsOf = (message) => ["experiments", "hypotheses", "suggestions"].map((name) => partOf(message, name) ?? null);
    const again = messagesOf(await quiver.getDiscoverySession({ workspaceId, sid: orders.chatId })).at(-1);
    const record = { live: partsOf(chat.messages.at(-1)), again: partsOf(again), usage: [chat.messages.at(-1).metadata.usage, again.metadata.usage] };
    return { ...shown(chat), record, nodes: told.filter(({ type }) => type === "data-node").map(({ data }) => data.label), proposed: experiments.experiments.map(({ type }) => type), asked, saved: saved.data.length };
  },

  // The network goes and comes back while the answer is written.
  async cut() {
    const { chat } = newChat();
    const sent = chat.sendMessage({ text: "We sell to plant managers." });
    await until(() => chat.status === "streaming" && textOf(chat.messages.at(-1)).length > 10);
    const before = textOf(chat.messages.at(-1)).length;
    await tell();
    await sent;
    const history = await quiver.getDiscoveryHistory({ workspaceId, sessionId: orders.chatId });
    return { ...shown(chat), before, record: history.messages.map(({ content }) => content), attempts: wire.map(({ path, status }) => [path.split("/").at(-1), status]) };
  },

  // Neither the network nor the server comes back in time.
  async lost() {
    const { chat } = newChat({ attempts: 2 });
    const sent = chat.sendMessage({ text: "We sell to plant managers." });
    await until(() => chat.status === "streaming" && textOf(chat.messages.at(-1)).length > 10);
    await tell();
    await sent;
    return { ...shown(chat), failure: partOf(chat.messages.at(-1), "error") };
  },

  async stop() {
    const { chat } = newChat();
    const sent = chat.sendMessage({ text: "We sell to plant managers." });
    await until(() => chat.status === "streaming" && textOf(chat.messages.at(-1)).length > 10);
    const stopped = await quiver.stopChat({ workspaceId, sid: orders.chatId });
    await sent;
    return { ...shown(chat), stopped: stopped.stopped, metadata: chat.messages.at(-1).metadata };
  },

  async job() {
    configureQuiver(options);
    const { jobId, jobType } = await quiver.startExport({ workspaceId, body: { what: "campaigns", format: "csv" } });
    const seen = [];
    const job = await pollJobStatus(jobId, jobType, (info) => seen.push(info), 100);
    return { status: job.status, seen, file: await quiver.downloadExport({ exportId: jobId }) };
  },

  // Something before the server lets no stream through: the job is asked for instead.
  async asked() {
    const plain = createQuiver({ ...options, fetch: (url, init) => (new URL(url).pathname.endsWith("/events") ? Promise.resolve(new Response(null, { status: 404 })) : noted(url, init)) });
    const { jobId, jobType } = await plain.startExport({ workspaceId, body: { what: "campaigns", format: "csv" } });
    const seen = [];
    const job = await plain.pollJobStatus(jobId, jobType, (info) => seen.push(info), 100);
    return { status: job.status, seen, questions: wire.filter(({ method, path }) => method === "GET" && path === `/jobs/${jobId}`).length };
  },

  async cancel() {
    const { jobId, jobType } = await quiver.chat({ workspaceId, body: { message: "We sell to plant managers." } }, { headers: { Prefer: "respond-async" } });
    const states = [];
    const ended = refusal(quiver.pollJobStatus(jobId, jobType, (_, job) => states.push(job.status), 100));
    await until(() => states.includes("processing"));
    await quiver.cancelJob({ jobId });
    return { states, ended: await ended };
  },

  // The token expires while the job is followed; then the network goes, and whoever comes back has to show another one.
  async renewal() {
    let held = orders.token;
    const renewals = [];
    const session = createQuiver({ ...options, token: (refused) => {
      if (refused) { renewals.push(refused === orders.expired); held = orders.token; }
      return held;
    } });
    const { jobId, jobType } = await session.chat({ workspaceId, body: { message: "We sell to plant managers." } }, { headers: { Prefer: "respond-async" } });
    const states = [];
    const ended = session.pollJobStatus(jobId, jobType, (_, job) => states.push(job.status), 100);
    await until(() => states.includes("processing"));
    held = orders.expired;
    await tell();
    await until(() => renewals.length > 0);
    return { status: (await ended).status, renewals, states: [...new Set(states)] };
  },
};

console.log(JSON.stringify({ wire, ...(await scenarios[orders.scenario]()) }));
input.close();
