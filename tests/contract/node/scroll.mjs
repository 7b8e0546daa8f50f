// How smoothly the console's table of leads scrolls, and how much JavaScript the chat needs before it can be used. Takes
// {executable, url, email, password, workspaceId, few} as one line of JSON; prints the figures as another.
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { lines } from "./lines.mjs";
import { field } from "./console_scenarios.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const FRAMES = 400;
const input = lines();
const orders = JSON.parse(await input.next());
const browser = await chromium.launch({ executablePath: orders.executable, args: FLAGS });

/** Milliseconds from frame to frame while the table is scrolled by a screen's part each frame, up and down. */
const frames = (page) => page.evaluate((count) => new Promise((resolve) => {
  const pane = document.querySelector('[role="table"]');
  const times = [];
  let step = 140;
  let before = 0;
  const next = (now) => {
    if (before) times.push(now - before);
    before = now;
    if (times.length === count) return resolve(times);
    if (pane.scrollTop + step < 0 || pane.scrollTop + step > pane.scrollHeight - pane.clientHeight) step = -step;
    pane.scrollTop += step;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}), FRAMES);

const percentile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];

/** The table with all of its rows read. */
async function table(page, query, rows) {
  await page.goto(`${orders.url}/console/w/${orders.workspaceId}/leads${query}`);
  await page.getByRole("table", { name: "Leads" }).waitFor();
  for (;;) {
    const read = await page.evaluate(() => {
      const pane = document.querySelector('[role="table"]');
      pane.scrollTop = pane.scrollHeight;
      return Number(pane.dataset.rows);
    });
    if (read >= rows) break;
    await page.waitForTimeout(50);
  }
  await page.evaluate(() => { const pane = document.querySelector('[role="table"]'); pane.scrollTop = pane.scrollHeight / 2; });
  await page.waitForTimeout(500);
}

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  const scripts = new Map();
  page.on("response", (response) => {
    if (response.url().endsWith(".js")) scripts.set(response.url(), response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await page.goto(`${orders.url}/console/`);
  await field(page, "E-mail").fill(orders.email);
  await field(page, "Password").fill(orders.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Your message").waitFor();
  const firstLoad = (await Promise.all(scripts.values())).reduce((sum, size) => sum + size, 0);
  const times = { few: [], many: [] };
  for (const [name, query, rows] of [["few", `?campaign=${orders.few}`, 100], ["many", "", orders.rows]]) {
    await table(page, query, rows);
    await frames(page);
    for (let round = 0; round < 3; round += 1) times[name].push(...await frames(page));
  }
  const shown = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, { p50: percentile(all, 0.5), p95: percentile(all, 0.95), p99: percentile(all, 0.99) }]));
  console.log(JSON.stringify({ firstLoad, ...shown }));
} finally {
  await browser.close();
  input.close();
}
