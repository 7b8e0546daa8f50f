// The frame of every page: where one can go, whose workspace this is, whether the server is there.
import { ActionIcon, AppShell, Burger, Group, NavLink, ScrollArea, Select, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Output } from "@quiver/client";
import { useQuiver } from "@quiver/client/react";
import { IconArrowUpRight, IconBuilding, IconChartBar, IconCoins, IconFlask, IconListCheck, IconLogout, IconMessages, IconMoon, IconPlus, IconSpeakerphone, IconSun, IconUsers } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useState, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { page } from "../pages/loading";
import type { Auth } from "../session/auth";
import { Connection } from "./Connection";

const NewWorkspace = page(() => import("./NewWorkspace"));

const PLACES = [
  { path: "discovery", label: "Discovery", icon: IconMessages },
  { path: "experiments", label: "Experiments", icon: IconFlask },
  { path: "campaigns", label: "Campaigns", icon: IconSpeakerphone },
  { path: "leads", label: "Leads", icon: IconUsers },
  { path: "jobs", label: "Jobs", icon: IconListCheck },
  { path: "company", label: "Company", icon: IconBuilding },
  { path: "usage", label: "Usage and budget", icon: IconCoins },
];

interface ShellProps { auth: Auth; me: Output<"getMe">; workspaceId: number; children: ReactNode }

export function Shell({ auth, me, workspaceId, children }: ShellProps) {
  const [open, { toggle, close }] = useDisclosure();
  const [making, setMaking] = useState(false);
  const [place, go] = useLocation();
  const quiver = useQuiver();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (name: string) => quiver.createWorkspace({ body: { name } }),
    onSuccess: async ({ id }) => { await queries.invalidateQueries({ queryKey: ["me"] }); setMaking(false); go(`/w/${id}/company`); },
  });
  const here = PLACES.find(({ path }) => place.startsWith(`/w/${workspaceId}/${path}`));
  useEffect(() => { document.title = here ? `${here.label} · Quiver` : "Quiver"; close(); }, [here?.label, place]);
  return (
    <AppShell header={{ height: { base: 56, sm: 0 } }} navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !open } }} padding={0}>
      <a className="skip" href="#content">Skip to the page</a>
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" gap="sm">
          <Burger opened={open} onClick={toggle} size="sm" aria-label={open ? "Close the menu" : "Open the menu"} />
          <span className="mark"><IconArrowUpRight size={20} aria-hidden /></span><Text fw={650}>Quiver</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Places">
        <Group gap="sm" px={6} py={8} visibleFrom="sm"><span className="mark"><IconArrowUpRight size={20} aria-hidden /></span><Text fw={650} size="lg">Quiver</Text></Group>
        <Group gap={6} wrap="nowrap" my="sm" align="end">
          <Select
            flex={1} label="Workspace" size="sm" allowDeselect={false} value={String(workspaceId)} comboboxProps={{ shadow: "md" }}
            data={me.workspaces.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(id) => id && go(`/w/${id}/discovery`)}
          />
          <Tooltip label="New workspace"><ActionIcon variant="default" size={36} aria-label="New workspace" onClick={() => setMaking(true)}><IconPlus size={16} /></ActionIcon></Tooltip>
        </Group>
        <AppShell.Section grow component={ScrollArea}>
          {PLACES.map(({ path, label, icon: Icon }) => (
            <NavLink
              key={path} component={Link} href={`/w/${workspaceId}/${path}`} label={label} my={2} fw={500}
              style={{ borderRadius: 8 }} leftSection={<Icon size={18} stroke={1.8} aria-hidden />}
              active={here?.path === path} aria-current={here?.path === path ? "page" : undefined}
            />
          ))}
          <NavLink component="a" href="/docs" target="_blank" rel="noreferrer" label="API reference" my={2} fw={500} style={{ borderRadius: 8 }} leftSection={<IconChartBar size={18} stroke={1.8} aria-hidden />} />
        </AppShell.Section>
        <Group justify="space-between" wrap="nowrap" pt="sm" gap="xs" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
          <Text size="sm" truncate className="muted" title={me.email ?? me.name}>{me.name || me.email}</Text>
          <Group gap={4} wrap="nowrap">
            <SchemeSwitch />
            <Tooltip label="Sign out"><ActionIcon variant="subtle" color="gray" aria-label="Sign out" onClick={() => auth.signOut()}><IconLogout size={18} /></ActionIcon></Tooltip>
          </Group>
        </Group>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: "none" }}>
        <Connection />
        {children}
      </AppShell.Main>
      {making && <Suspense><NewWorkspace opened onClose={() => setMaking(false)} busy={create.isPending} error={create.error} onCreate={(name) => create.mutate(name)} /></Suspense>}
    </AppShell>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const label = dark ? "Light colours" : "Dark colours";
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setColorScheme(dark ? "light" : "dark")}>{dark ? <IconSun size={18} /> : <IconMoon size={18} />}</ActionIcon>
    </Tooltip>
  );
}

