import { ActionIcon, Box, Button, Group, Textarea, Tooltip } from "@mantine/core";
import { IconArrowUp, IconPlayerStopFilled } from "@tabler/icons-react";
import { useRef, useState, type CSSProperties, type KeyboardEvent } from "react";

interface ComposerProps { busy: boolean; placeholder: string; replies: string[]; onSend: (text: string) => void; onStop: () => void }

export function Composer({ busy, placeholder, replies, onSend, onStop }: ComposerProps) {
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  // Back to the box: the button that was pressed is gone, and Escape stops from there.
  const send = () => { if (!busy && text.trim()) { onSend(text.trim()); setText(""); box.current?.focus(); } };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); send(); }
    if (event.key === "Escape" && busy) onStop();
  };
  return (
    <Box px={{ base: "md", sm: "xl" }} pb="md" pt="xs">
      <Box maw={760} mx="auto">
        {replies.length > 0 && (
          <Group gap="xs" mb="xs" role="group" aria-label="Suggested answers">
            {replies.map((reply) => <Button key={reply} size="xs" radius="xl" variant="default" h="auto" py={7} styles={{ label: { whiteSpace: "normal" } }} onClick={() => onSend(reply)}>{reply}</Button>)}
          </Group>
        )}
        <Textarea
          ref={box} aria-label="Your message" placeholder={placeholder} rows={1} size="md" radius="lg" styles={{ input: { fieldSizing: "content", maxHeight: 200, paddingBlock: 10 } as CSSProperties }} value={text}
          onChange={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown} rightSectionWidth={52}
          rightSection={busy
            ? <Tooltip label="Stop (Esc)"><ActionIcon radius="xl" size={34} color="red" variant="filled" aria-label="Stop" onClick={onStop}><IconPlayerStopFilled size={16} /></ActionIcon></Tooltip>
            : <Tooltip label="Send (Enter)"><ActionIcon radius="xl" size={34} variant="filled" aria-label="Send" disabled={!text.trim()} onClick={send}><IconArrowUp size={18} /></ActionIcon></Tooltip>}
        />
      </Box>
    </Box>
  );
}
