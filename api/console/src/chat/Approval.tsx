import { Button, Card, Group, Stack, Text, TextInput } from "@mantine/core";
import type { PendingApproval } from "@quiver/client/chat";
import { IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { words } from "../parts/words";

const ASKED: Record<string, string> = {
  save_experiments: "Save these experiments to the workspace?",
  delete_experiment: "Delete this experiment?",
  search_leads: "Search for leads? This spends credits.",
};

export function Approval({ approval, onAnswer }: { approval: PendingApproval; onAnswer: (approved: boolean, reason?: string) => void }) {
  const [reason, setReason] = useState("");
  return (
    <Card role="group" aria-label="The agent asks for your approval" style={{ borderColor: "var(--mantine-primary-color-filled)" }}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap"><IconShieldCheck size={20} aria-hidden /><Text fw={600}>{ASKED[approval.action] ?? `${words(approval.action)}?`}</Text></Group>
        <Text size="sm" className="muted">Nothing happens before you say yes.</Text>
        <TextInput size="sm" label="Why not (if you say no)" placeholder="The agent reads this" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Group gap="xs">
          <Button onClick={() => onAnswer(true)}>Approve</Button>
          <Button variant="default" onClick={() => onAnswer(false, reason)}>Deny</Button>
        </Group>
      </Stack>
    </Card>
  );
}
