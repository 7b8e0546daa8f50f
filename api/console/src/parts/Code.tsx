import { Badge } from "@mantine/core";
import { colour, words } from "./words";

/** A status, an outcome, a type: its word in its colour. */
export function Code({ value }: { value: string }) {
  return <Badge style={{ flex: "none" }} color={colour(value)} c={`light-dark(var(--mantine-color-${colour(value)}-9), var(--mantine-color-${colour(value)}-2))`}>{words(value)}</Badge>;
}
