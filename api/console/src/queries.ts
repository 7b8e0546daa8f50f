// What was read from the API, and whether it can be reached.
import { NetworkError, Unavailable } from "@quiver/client";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

const listeners = new Set<() => void>();
let down = false;

/** Whether the last request found no server. */
export const connection = {
  subscribe(listener: () => void) { listeners.add(listener); return () => { listeners.delete(listener); }; },
  isDown: () => down,
  set(value: boolean) { if (down !== value) { down = value; listeners.forEach((listener) => listener()); } },
  /** Notes that there is no server, and waits until there is one. */
  back(): Promise<void> {
    connection.set(true);
    return new Promise((resolve) => {
      const leave = connection.subscribe(() => { if (!down) { leave(); resolve(); } });
    });
  },
};

function note(error: unknown) {
  if (error instanceof NetworkError || error instanceof Unavailable) connection.set(true);
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: note }),
  mutationCache: new MutationCache({ onError: note }),
  // The client sends again what may be sent again.
  defaultOptions: { queries: { retry: false, staleTime: 5_000, networkMode: "always" }, mutations: { retry: false, networkMode: "always" } },
});
