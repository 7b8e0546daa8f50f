// What the agent says, as text: paragraphs, lists and bold. Nothing of it becomes a link, an image or markup.
import { Fragment, type ReactNode } from "react";

export function Said({ text }: { text: string }) {
  return <div className="said">{blocksOf(text)}</div>;
}

function blocksOf(text: string): ReactNode[] {
  const blocks: ReactNode[] = [];
  let items: string[] = [];
  const close = () => {
    if (items.length) blocks.push(<ul key={blocks.length}>{items.map((item, index) => <li key={index}>{inline(item)}</li>)}</ul>);
    items = [];
  };
  for (const line of text.split("\n")) {
    const item = /^\s*(?:[-*•]|\d+\.)\s+(.*)$/.exec(line);
    if (item) { items.push(item[1] ?? ""); continue; }
    close();
    if (line.trim()) blocks.push(<p key={blocks.length}>{inline(line.replace(/^#+\s*/, ""))}</p>);
  }
  close();
  return blocks;
}

function inline(line: string): ReactNode[] {
  return line.split(/\*\*(.+?)\*\*/).map((piece, index) => (index % 2 ? <strong key={index}>{piece}</strong> : <Fragment key={index}>{piece}</Fragment>));
}
