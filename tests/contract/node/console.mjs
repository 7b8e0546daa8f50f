// The console, used by people in headless Chromium. Takes {scenario, executable, url, shots, …} as one line of JSON; "now" asks
// whoever runs this to do what they waited to do; at the end one line of JSON says what was seen.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { lines } from "./lines.mjs";
import { looks } from "./console_looks.mjs";
import { field, scenarios } from "./console_scenarios.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };
const input = lines();
const orders = JSON.parse(await input.next());
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: orders.executable, args: FLAGS });
const context = await browser.newContext({ viewport: WIDE, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB" });
context.setDefaultTimeout(30_000);
const seen = { complaints: [], foreign: [], faults: [] };

/** A tab whose complaints and requests are noted. */
async function open(path = "/console/", within = context) {
  const page = await within.newPage();
  page.on("console", (message) => { if (message.type() === "error") seen.complaints.push(`${message.text()} ${message.location().url ?? ""}`); });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== new URL(orders.url).hostname) seen.foreign.push(request.url());
  });
  await page.goto(orders.url + path);
  return page;
}

/** The same person on a telephone. */
async function onTelephone(path) {
  const held = await context.browser().newContext({ viewport: NARROW, hasTouch: true, isMobile: true, locale: "en-GB", storageState: await context.storageState() });
  held.setDefaultTimeout(30_000);
  return open(path, held);
}

/** Nothing changes its colour or size any more: a change of scheme runs through what inherits it, one after the other. */
async function settled(page) {
  for (let quiet = 0; quiet < 3;) {
    await page.waitForTimeout(80);
    quiet = (await page.evaluate(() => document.getAnimations().some((one) => one instanceof CSSTransition))) ? 0 : quiet + 1;
  }
}

const LOOKS = [["dark", "wide", WIDE], ["dark", "narrow", NARROW], ["light", "narrow", NARROW], ["light", "wide", WIDE]];

/** Pictures, dark and light, wide and narrow, and what axe finds serious in each; the last is how people go on. */
async function show(page, name, only = "") {
  const looks = only ? LOOKS.filter(([scheme, width]) => scheme === "light" && width === only) : LOOKS;
  for (const [scheme, width, size] of looks) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(size);
    await settled(page);
    if (orders.shots) await page.screenshot({ path: `${orders.shots}/${name}-${scheme}-${width}.png` });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") seen.faults.push(`${name} ${scheme} ${width}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(" | ")}`);
    }
  }
}

async function signIn(page) {
  await page.getByLabel("E-mail").fill(orders.email);
  await field(page, "Password").fill(orders.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Discovery" }).waitFor();
}

const tell = async () => { console.log("now"); await input.next(); };

try {
  const said = await { ...scenarios, ...looks }[orders.scenario]({ orders, context, open, onTelephone, show, signIn, tell });
  console.log(JSON.stringify({ ...seen, ...said }));
} catch (error) {
  const page = context.pages().at(-1);
  if (orders.shots && page) await page.screenshot({ path: `${orders.shots}/failed.png` }).catch(() => undefined);
  console.error(seen.complaints.join("\n"));
  throw error;
} finally {
  await browser.close();
  input.close();
}
