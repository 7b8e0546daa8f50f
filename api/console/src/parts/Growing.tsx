import { Textarea, type TextareaProps } from "@mantine/core";
import type { CSSProperties } from "react";

/** A field as high as what is written in it, by the browser itself: it stays so when the window becomes narrower. */
export function Growing({ rows = 1, ...props }: TextareaProps) {
  return <Textarea rows={rows} classNames={{ input: "growing" }} style={{ "--rows": rows } as CSSProperties} {...props} />;
}
