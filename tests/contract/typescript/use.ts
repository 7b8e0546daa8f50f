// What a stranger writes with the generated types: each line compiles only while the document keeps its promises.
import createClient from "openapi-fetch";
import type { components, operations, paths } from "./schema";

type Schemas = components["schemas"];

const client = createClient<paths>({ baseUrl: "https://quiver.example", headers: { Authorization: "Bearer token" } });

export async function tour(workspaceId: number, campaignId: number): Promise<string> {
  const made = await client.POST("/campaigns/{campaign_id}/leads", {
    params: { path: { campaign_id: campaignId }, header: { "Idempotency-Key": "once" } },
    body: { fullName: "Ada Lovelace", email: "ada@engines.example" },
  });
  if (made.error) return made.error.detail;

  const listed = await client.GET("/workspaces/{workspace_id}/leads", {
    params: { path: { workspace_id: workspaceId }, query: { limit: 10 } },
  });
  const names: string[] = (listed.data?.data ?? []).map((lead) => lead.fullName);
  const cursor: string | null | undefined = listed.data?.page.nextCursor;

  const message = await client.POST("/leads/{lead_id}/messages", {
    params: { path: { lead_id: 1 } },
    body: { channel: "email", subject: "Closing the books", body: "Shall we talk?" },
  });
  if (message.data) {
    const queued = await client.PUT("/messages/{message_id}", {
      params: { path: { message_id: message.data.data.id }, header: { "if-match": '"v1"' } },
      body: { status: "scheduled" },
    });
    if (queued.error) return queued.error.errors.map((wrong) => `${wrong.pointer}: ${wrong.reason}`).join();
  }

  const compared = await client.GET("/workspaces/{workspace_id}/experiments/comparison", {
    params: { path: { workspace_id: workspaceId } },
  });
  const verdicts: Schemas["Verdict"][] = compared.data?.data.verdicts ?? [];
  return [...names, cursor, ...verdicts.map((verdict) => verdict.verdict)].join();
}

// Operation ids are names of methods.
export type Known = Pick<operations, "listWorkspaceLeads" | "createMessage" | "importLeads" | "erasePerson" | "compareExperiments">;

export async function wrong(): Promise<void> {
  // @ts-expect-error there is no such channel
  await client.POST("/leads/{lead_id}/messages", { params: { path: { lead_id: 1 } }, body: { channel: "fax", body: "x" } });
  // @ts-expect-error there is no such path
  await client.GET("/leads/{lead_id}/horoscope", { params: { path: { lead_id: 1 } } });
  // @ts-expect-error an id is a number
  await client.GET("/messages/{message_id}", { params: { path: { message_id: "one" } } });
}
