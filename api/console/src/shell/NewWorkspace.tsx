import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { ErrorNotice } from "../parts/Notices";

interface NewWorkspaceProps { opened: boolean; busy: boolean; error: Error | null; onClose: () => void; onCreate: (name: string) => void }

export default function NewWorkspace({ opened, busy, error, onClose, onCreate }: NewWorkspaceProps) {
  const [name, setName] = useState("");
  return (
    <Modal opened={opened} onClose={onClose} title="New workspace" centered>
      <form onSubmit={(event) => { event.preventDefault(); onCreate(name); }}>
        <Stack>
          {error && <ErrorNotice error={error} />}
          <TextInput label="Name" description="The company it is for." required data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
          <Button type="submit" loading={busy}>Create workspace</Button>
        </Stack>
      </form>
    </Modal>
  );
}
