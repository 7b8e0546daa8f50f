// Who is signed in, and with which client everything below asks the API.
import { Button, Center, Loader, Stack, Text } from "@mantine/core";
import { createQuiver } from "@quiver/client";
import { QuiverProvider } from "@quiver/client/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Router } from "wouter";
import { Pages } from "./pages/Pages";
import { queries } from "./queries";
import { Auth, configuration, type Configuration } from "./session/auth";
import { SignIn } from "./session/SignIn";

export function App() {
  const [known, setKnown] = useState<Configuration | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => { setFailed(false); configuration().then(setKnown, () => setFailed(true)); };
  useEffect(load, []);
  if (failed) {
    return (
      <Center mih="100dvh" component="main"><Stack align="center"><Text>The server can't be reached.</Text><Button onClick={load}>Try again</Button></Stack></Center>
    );
  }
  if (!known) return <Center mih="100dvh"><Loader role="status" aria-label="Loading" /></Center>;
  return <Signed configuration={known} />;
}

function Signed({ configuration }: { configuration: Configuration }) {
  const auth = useMemo(() => new Auth(configuration), [configuration]);
  const email = useSyncExternalStore(
    (changed) => { auth.addEventListener("change", changed); return () => auth.removeEventListener("change", changed); },
    () => auth.email,
  );
  // Another person, another client, and nothing of what the one before had read.
  const quiver = useMemo(() => { queries.clear(); return createQuiver({ baseUrl: "", token: auth.token }); }, [auth, email]);
  if (email === null) return <SignIn auth={auth} sample={configuration.sample} />;
  return (
    <QuiverProvider quiver={quiver}>
      <QueryClientProvider client={queries}>
        <Router base="/console"><Pages auth={auth} /></Router>
      </QueryClientProvider>
    </QuiverProvider>
  );
}
