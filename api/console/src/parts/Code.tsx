import type { CSSProperties } from "react";
import { colour, words } from "./words";

/** A status, an outcome, a type: its word in its colour. Plain markup: a table draws hundreds of them while it scrolls. */
export function Code({ value }: { value: string }) {
  const name = colour(value);
  return <span className="code" style={{ "--tint": `var(--mantine-color-${name}-light)`, "--ink": `var(--mantine-color-${name}-light-color)` } as CSSProperties}>{words(value)}</span>;
}
