// While the server can't be reached: say so, ask until it is back, then read everything shown again.
import { Alert, Loader } from "@mantine/core";
import { useQuiver } from "@quiver/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { connection } from "../queries";

const EVERY_MS = 2_000;

export function Connection() {
  const down = useSyncExternalStore(connection.subscribe, connection.isDown);
  const quiver = useQuiver();
  const queries = useQueryClient();
  useEffect(() => {
    if (!down) return;
    const timer = setInterval(() => {
      fetch(quiver.http.url("/ready")).then(
        async (answer) => { if (answer.ok) { connection.set(false); await queries.invalidateQueries(); } },
        () => undefined,
      );
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [down, quiver, queries]);
  if (!down) return null;
  return <Alert color="orange" role="status" radius={0} icon={<Loader size="xs" color="orange" />} title="The server can't be reached">What you see may be old. It is tried again every few seconds.</Alert>;
}
