import { Badge } from "@mantine/core";
import { colour, words } from "./words";

/** A status, an outcome, a type: its word in its colour. */
export function Code({ value }: { value: string }) {
  return <Badge style={{ flex: "none" }} color={colour(value)}>{words(value)}</Badge>;
}
