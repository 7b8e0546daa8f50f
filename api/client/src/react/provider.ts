"use client";
import { createContext, createElement, useContext, type ReactNode } from "react";
import type { Quiver } from "../quiver.js";
import { sharedQuiver } from "../shared.js";

const Context = createContext<Quiver | null>(null);

/** Gives the hooks below it this client. */
export function QuiverProvider({ quiver, children }: { quiver: Quiver; children?: ReactNode }) {
  return createElement(Context.Provider, { value: quiver }, children);
}

/** The provider's client, or the one that `configureQuiver` made. */
export function useQuiver(): Quiver {
  return useContext(Context) ?? sharedQuiver();
}
