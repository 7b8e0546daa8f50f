// Pages that are loaded when they are first wanted: once what is shown stands, so that a server that goes away takes none with it.
import { Box } from "@mantine/core";
import { useIsFetching } from "@tanstack/react-query";
import { Component, lazy, useEffect, type ComponentType, type LazyExoticComponent, type ReactNode } from "react";
import { ErrorNotice } from "../parts/Notices";
import { connection } from "../queries";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;
const QUIET_MS = 1_000;
const wanted: (() => Promise<unknown>)[] = [];

/** A page by its import. One that finds no server waits until it is back. */
export function page<P>(load: Load<P>): LazyExoticComponent<ComponentType<P>> {
  wanted.push(load);
  return lazy(() => load().catch(async () => { await connection.back(); return load(); }));
}

/** Loads every page when the first one has asked for nothing for a second. What fails is loaded when it is wanted. */
export function PagesAhead() {
  const quiet = useIsFetching() === 0;
  useEffect(() => {
    if (!quiet) return;
    const timer = setTimeout(() => { for (const load of wanted.splice(0)) load().catch(() => undefined); }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [quiet]);
  return null;
}

/** A page that can't be shown, as after a release that took its file away, leaves the frame standing; elsewhere all is well. */
export class PageBoundary extends Component<{ place: string; children: ReactNode }, { failed: string | null }> {
  override state = { failed: null };
  static getDerivedStateFromError() { return { failed: "" }; }
  override componentDidCatch() { this.setState({ failed: this.props.place }); }
  override componentDidUpdate() { if (this.state.failed && this.state.failed !== this.props.place) this.setState({ failed: null }); }
  override render() {
    if (this.state.failed === null) return this.props.children;
    return <Box p="xl"><ErrorNotice error={new Error("This page can't be shown. There may be a newer version of it.")} onRetry={() => location.reload()} /></Box>;
  }
}
