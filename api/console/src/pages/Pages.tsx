// Which page is where. The chat is what most begin with; every other page is loaded when it is first wanted.
import { Center, Loader } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { ErrorNotice } from "../parts/Notices";
import type { Auth } from "../session/auth";
import { Shell } from "../shell/Shell";
import { Discovery } from "../chat/Discovery";

const Company = lazy(() => import("./Company"));
const Experiments = lazy(() => import("./Experiments"));
const Campaigns = lazy(() => import("./Campaigns"));
const Campaign = lazy(() => import("./Campaign"));
const Leads = lazy(() => import("../leads/Leads"));
const Lead = lazy(() => import("../leads/Lead"));
const Jobs = lazy(() => import("./Jobs"));
const Usage = lazy(() => import("./Usage"));
const Waiting = <Center h={240}><Loader aria-label="Loading" /></Center>;

export function Pages({ auth }: { auth: Auth }) {
  const quiver = useQuiver();
  const me = useQuery({ queryKey: ["me"], queryFn: ({ signal }) => quiver.getMe({}, { signal }) });
  if (me.error && !me.data) return <ErrorNotice error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return <Center mih="100dvh"><Loader aria-label="Loading" /></Center>;
  const first = me.data.workspaces[0];
  if (!first) return <ErrorNotice error={new Error("You belong to no workspace yet. Ask for an invitation.")} />;
  return (
    <Switch>
      <Route path="/w/:workspace/*?">
        {({ workspace }) => {
          const workspaceId = Number(workspace);
          if (!me.data.workspaces.some(({ id }) => id === workspaceId)) return <Redirect to={`/w/${first.id}/discovery`} replace />;
          return (
            <Shell auth={auth} me={me.data} workspaceId={workspaceId}>
              <Suspense fallback={Waiting}>
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
              </Suspense>
            </Shell>
          );
        }}
      </Route>
      <Route><Redirect to={`/w/${first.id}/discovery`} replace /></Route>
    </Switch>
  );
}
