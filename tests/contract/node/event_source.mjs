// A browser's own EventSource on a page of another origin, in headless Chromium. Takes {executable, page, after} as one line
// of JSON, prints "ready", takes the stream's address, prints "seen" once `after` events have come, and all that came, as
// JSON, once the browser has given the stream up for good. What it does about a cut connection is its own doing.
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { lines } from "./lines.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const PATIENCE = 60_000;
const input = lines();
const orders = JSON.parse(await input.next());

const server = createServer((_, answer) => answer.end("<!doctype html><title>A front end</title>"));
await new Promise((resolve) => server.listen(Number(new URL(orders.page).port), "127.0.0.1", resolve));
const browser = await chromium.launch({ executablePath: orders.executable, args: FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(orders.page);
  console.log("ready");
  await page.evaluate((url) => {
    const source = new EventSource(url);
    window.seen = { events: [], opens: 0, states: [] };
    source.onopen = () => { window.seen.opens += 1; };
    source.onmessage = ({ lastEventId, data }) => window.seen.events.push({ id: lastEventId, data });
    source.onerror = () => window.seen.states.push(source.readyState);
  }, await input.next());
  await page.waitForFunction((after) => window.seen.events.length >= after, orders.after, { timeout: PATIENCE });
  console.log("seen");
  await page.waitForFunction(() => window.seen.states.includes(EventSource.CLOSED), null, { timeout: PATIENCE });
  console.log(JSON.stringify(await page.evaluate(() => window.seen)));
} finally {
  await browser.close();
  server.close();
  input.close();
}
