// What stands where data would: nothing yet, something failed, still loading.
import { Alert, Button, Center, Group, Skeleton, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { NotFound, ProblemError } from "@quiver/client";
import { IconAlertTriangle, type Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

export function ErrorNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const fields = error instanceof ProblemError ? error.fields : [];
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />} title={error.message}>
      {fields.map(({ pointer, reason }) => <Text size="sm" key={pointer + reason}>{pointer.replace(/^\//, "")}: {reason}</Text>)}
      {onRetry && !(error instanceof NotFound) && <Button mt="xs" size="xs" variant="default" onClick={onRetry}>Try again</Button>}
    </Alert>
  );
}

export function Empty({ icon: Icon, title, children, action }: { icon: Icon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Center mih={280} p="xl">
      <Stack align="center" gap="sm" maw={420} ta="center">
        <ThemeIcon size={56} radius="xl" variant="light"><Icon size={28} stroke={1.6} aria-hidden /></ThemeIcon>
        <Title order={2} size="h4">{title}</Title>
        {children && <Text className="muted" size="sm">{children}</Text>}
        {action}
      </Stack>
    </Center>
  );
}

export function Loading({ rows = 4 }: { rows?: number }) {
  return <Stack aria-busy="true" aria-label="Loading" role="status">{Array.from({ length: rows }, (_, row) => <Skeleton key={row} height={72} radius="lg" />)}</Stack>;
}

interface PageProps { title: string; about?: string; actions?: ReactNode; children: ReactNode }

/** A page with its heading. */
export function Page({ title, about, actions, children }: PageProps) {
  return (
    <Stack p={{ base: "md", sm: "xl" }} gap="lg" maw={1240} mx="auto">
      <Group justify="space-between" align="end" gap="sm">
        <div>
          <Title order={1} size="h2">{title}</Title>
          {about && <Text className="muted" size="sm" mt={2}>{about}</Text>}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
