// What a front end writes with the package: each line compiles only while the package keeps its promises.
import { createQuiver, Invalid, pollJobStatus, type AsyncJobResponse, type JobProgressInfo } from "@quiver/client";
import { discoveryTransport, partOf, type QuiverMessage } from "@quiver/client/chat";
import { useDiscovery, useJobProgress, type UseJobProgressReturn } from "@quiver/client/react";

const quiver = createQuiver({ baseUrl: "https://quiver.example", token: async () => "token" });

export async function tour(workspaceId: number): Promise<string> {
  const { data: leads, page } = await quiver.listWorkspaceLeads({ workspaceId, limit: 10, status: ["found"] });
  const names: string[] = leads.map((lead) => lead.fullName);
  const cursor: string | null | undefined = page.nextCursor;
  const lead = await quiver.logLeadOutcome({ leadId: 1, body: { outcome: "meeting_booked" } }, { idempotencyKey: "once" });
  const { verdicts } = await quiver.compareExperiments({ workspaceId });
  const me = await quiver.getMe();
  try {
    await quiver.createCampaign({ workspaceId, body: { name: "First" } });
  } catch (error) {
    if (error instanceof Invalid) return error.fields.map(({ pointer, reason }) => `${pointer}: ${reason}`).join();
  }
  return [...names, cursor, lead.status, me.name, ...verdicts.map(({ verdict }) => verdict)].join();
}

export async function job(): Promise<AsyncJobResponse> {
  return pollJobStatus("id", "data_export", ({ progress, estimatedSecondsRemaining }: JobProgressInfo) => progress + (estimatedSecondsRemaining ?? 0), 2000, 300000);
}

export function Screen(): string {
  const progress: UseJobProgressReturn = useJobProgress({ onComplete: (output) => output.enrichedCount, onError: ({ message }) => message });
  progress.startPolling("id", "data_export");
  const chat = useDiscovery({ workspaceId: 1, chatId: "mine", protocol: "ai-7" });
  const insight: string | undefined = partOf(chat.messages.at(-1), "experiments")?.strategicInsight;
  return [progress.estimatedTimeRemaining, insight, chat.node?.label].join();
}

export const transport = discoveryTransport(quiver, { workspaceId: 1 });
export const tokensOf = (message: QuiverMessage): number | undefined => message.metadata?.usage?.outputTokens;

export async function wrong(): Promise<void> {
  // @ts-expect-error an id is a number
  await quiver.getLead({ leadId: "one" });
  // @ts-expect-error the id is missing
  await quiver.getLead({});
  // @ts-expect-error there is no such outcome
  await quiver.logLeadOutcome({ leadId: 1, body: { outcome: "married" } });
  // @ts-expect-error there is no such operation
  await quiver.getHoroscope();
  // @ts-expect-error there is no such part
  partOf(undefined, "weather");
}
