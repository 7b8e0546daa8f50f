// Which page is where. The chat is what most begin with; every other page is loaded behind it.
import { Center, Loader } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import { ErrorNotice } from "../parts/Notices";
import type { Auth } from "../session/auth";
import { Shell } from "../shell/Shell";
import { Discovery } from "../chat/Discovery";

const load = {
  Company: () => import("./Company"),
  Experiments: () => import("./Experiments"),
  Campaigns: () => import("./Campaigns"),
  Campaign: () => import("./Campaign"),
  Leads: () => import("../leads/Leads"),
  Lead: () => import("../leads/Lead"),
  Jobs: () => import("./Jobs"),
  Usage: () => import("./Usage"),
};
const Company = lazy(load.Company);
const Experiments = lazy(load.Experiments);
const Campaigns = lazy(load.Campaigns);
const Campaign = lazy(load.Campaign);
const Leads = lazy(load.Leads);
const Lead = lazy(load.Lead);
const Jobs = lazy(load.Jobs);
const Usage = lazy(load.Usage);
const Waiting = <Center h={240}><Loader aria-label="Loading" /></Center>;

/** Every other page, once the first one stands: a server that goes away then takes no page with it. What fails is loaded when it is wanted. */
function useAllPages(firstStands: boolean) {
  useEffect(() => {
    if (!firstStands) return;
    const timer = setTimeout(() => void Promise.allSettled(Object.values(load).map((page) => page())), 300);
    return () => clearTimeout(timer);
  }, [firstStands]);
}

export function Pages({ auth }: { auth: Auth }) {
  const quiver = useQuiver();
  const me = useQuery({ queryKey: ["me"], queryFn: ({ signal }) => quiver.getMe({}, { signal }) });
  useAllPages(me.data !== undefined);
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
