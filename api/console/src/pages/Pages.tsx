// Which page is where. The chat is what most begin with; every other page is loaded behind it.
import { Center, Loader } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { ErrorNotice } from "../parts/Notices";
import type { Auth } from "../session/auth";
import { Shell } from "../shell/Shell";
import { Discovery } from "../chat/Discovery";
import { page, PageBoundary, PagesAhead } from "./loading";

const Company = page(() => import("./Company"));
const Experiments = page(() => import("./Experiments"));
const Campaigns = page(() => import("./Campaigns"));
const Campaign = page(() => import("./Campaign"));
const Leads = page(() => import("../leads/Leads"));
const Lead = page(() => import("../leads/Lead"));
const Jobs = page(() => import("./Jobs"));
const Usage = page(() => import("./Usage"));
const Waiting = <Center h={240}><Loader role="status" aria-label="Loading" /></Center>;

export function Pages({ auth }: { auth: Auth }) {
  const quiver = useQuiver();
  const [place] = useLocation();
  const me = useQuery({ queryKey: ["me"], queryFn: ({ signal }) => quiver.getMe({}, { signal }) });
  if (me.error && !me.data) return <Center mih="100dvh" p="md" component="main"><ErrorNotice error={me.error} onRetry={() => void me.refetch()} /></Center>;
  if (!me.data) return <Center mih="100dvh"><Loader role="status" aria-label="Loading" /></Center>;
  const first = me.data.workspaces[0];
  if (!first) return <Center mih="100dvh" p="md" component="main"><ErrorNotice error={new Error("You belong to no workspace yet. Ask for an invitation.")} /></Center>;
  return (
    <Switch>
      <Route path="/w/:workspace/*?">
        {({ workspace }) => {
          const workspaceId = Number(workspace);
          if (!me.data.workspaces.some(({ id }) => id === workspaceId)) return <Redirect to={`/w/${first.id}/discovery`} replace />;
          return (
            <Shell auth={auth} me={me.data} workspaceId={workspaceId}>
              <PagesAhead />
              <PageBoundary place={place}><Suspense fallback={Waiting}>
                <Switch>
                  <Route path="/w/:w/discovery/:sid?">{({ sid }) => <Discovery key={workspaceId} workspaceId={workspaceId} sid={sid} />}</Route>
                  <Route path="/w/:w/company"><Company workspaceId={workspaceId} /></Route>
                  <Route path="/w/:w/experiments"><Experiments workspaceId={workspaceId} /></Route>
                  <Route path="/w/:w/campaigns"><Campaigns workspaceId={workspaceId} /></Route>
                  <Route path="/w/:w/campaigns/:id">{({ id }) => <Campaign key={id} workspaceId={workspaceId} campaignId={Number(id)} />}</Route>
                  <Route path="/w/:w/leads"><Leads workspaceId={workspaceId} /></Route>
                  <Route path="/w/:w/leads/:id">{({ id }) => <Lead key={id} workspaceId={workspaceId} leadId={Number(id)} />}</Route>
                  <Route path="/w/:w/jobs"><Jobs workspaceId={workspaceId} /></Route>
                  <Route path="/w/:w/usage"><Usage workspaceId={workspaceId} /></Route>
                  <Route><Redirect to={`/w/${workspaceId}/discovery`} replace /></Route>
                </Switch>
              </Suspense></PageBoundary>
            </Shell>
          );
        }}
      </Route>
      <Route><Redirect to={`/w/${first.id}/discovery`} replace /></Route>
    </Switch>
  );
}
