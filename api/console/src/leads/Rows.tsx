// The table of leads: as many rows as there are, of which only those on the screen exist. A frame of scrolling costs the rows that
// come into sight and nothing that grows with how many there are.
import { Box, Loader } from "@mantine/core";
import type { Schemas } from "@quiver/client";
import { memo, useEffect, useRef, useState, type MouseEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import { useLocation, useRouter } from "wouter";
import { Code } from "../parts/Code";

const ROW = 52;
const HEAD = 40;
/** Rows above and below the screen. */
const SPARE = 8;

interface RowsProps { workspaceId: number; rows: Schemas["LeadListed"][]; total: number; more: boolean; onMore: () => void }

export function Rows({ workspaceId, rows, total, more, onMore }: RowsProps) {
  const pane = useRef<HTMLDivElement>(null);
  const count = rows.length + (more ? 1 : 0);
  const { first, end } = useWindow(pane, count);
  useEffect(() => { if (more && end >= rows.length - 200) onMore(); }, [more, end, rows.length]);
  const { base } = useRouter();
  const [, go] = useLocation();
  const leads = `/w/${workspaceId}/leads/`;
  /** One listener for every row: a click without keys goes there without a new page. */
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest("a");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(leads + link.dataset.lead);
  };
  return (
    <Box flex={1} mih={0}>
      <div className="row-table" ref={pane} role="table" aria-label="Leads" aria-rowcount={total + 1} tabIndex={0} data-rows={rows.length}>
        <div className="lead-row lead-head" role="row" aria-rowindex={1}>
          <span role="columnheader">Name</span><span role="columnheader" className="wide">Title</span><span role="columnheader">Company</span>
          <span role="columnheader" className="wide">Score</span><span role="columnheader">Status</span><span role="columnheader" className="wide">Outcome</span>
        </div>
        <div role="rowgroup" className="lead-rows" style={{ height: count * ROW }} onClick={follow}>
          {rows.slice(first, end).map((lead, at) => <Row key={lead.id} lead={lead} index={first + at} leads={base + leads} />)}
          {more && end === count && <div className="lead-row" role="row" style={{ top: rows.length * ROW }}><span role="cell"><Loader size="xs" role="status" aria-label="Loading more" /></span></div>}
        </div>
      </div>
    </Box>
  );
}

/** Which rows the pane shows. Told in the frame of the scrolling itself, so that none is seen empty, and only when another row comes. */
function useWindow(pane: RefObject<HTMLDivElement | null>, count: number): { first: number; end: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(window.innerHeight);
  useEffect(() => {
    const at = pane.current;
    if (!at) return;
    const scrolled = () => flushSync(() => setTop(Math.floor(at.scrollTop / ROW)));
    const sized = new ResizeObserver(([entry]) => { if (entry) setHeight(entry.contentRect.height); });
    at.addEventListener("scroll", scrolled, { passive: true });
    sized.observe(at);
    return () => { at.removeEventListener("scroll", scrolled); sized.disconnect(); };
  }, [pane]);
  const shown = Math.ceil((height - HEAD) / ROW) + 1;
  return { first: Math.max(0, Math.min(top, count - shown) - SPARE), end: Math.min(count, top + shown + SPARE) };
}

const Row = memo(function Row({ lead, index, leads }: { lead: Schemas["LeadListed"]; index: number; leads: string }) {
  return (
    <div className="lead-row" role="row" aria-rowindex={index + 2} style={{ top: index * ROW }}>
      <span role="cell"><a href={leads + lead.id} data-lead={lead.id}>{lead.fullName}</a></span>
      <span role="cell" className="wide muted">{lead.jobTitle ?? "—"}</span>
      <span role="cell">{lead.company ?? "—"}</span>
      <span role="cell" className="wide">{lead.relevanceScore ?? "—"}</span>
      <span role="cell"><Code value={lead.status} /></span>
      <span role="cell" className="wide">{lead.outcome ? <Code value={lead.outcome} /> : <span className="muted">—</span>}</span>
    </div>
  );
});
