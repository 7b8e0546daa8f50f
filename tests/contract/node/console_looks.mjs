// What the console shows of measured results and of mistakes, to whoever uses a mouse, a keyboard or a telephone.
import { field, place } from "./console_scenarios.mjs";

const EVIDENCE = ".mantine-HoverCard-dropdown";
const dimension = (page) => page.getByRole("article").first().getByRole("button", { name: /^Persona/ });

/** How many rows of the table exist, and which is the last, at its head and at its end; where a click on a row leads. */
async function rowsOf(page) {
  const pane = page.getByRole("table", { name: "Leads" });
  const there = () => pane.getByRole("row").evaluateAll((rows) => ({ exist: rows.length, last: Number(rows.at(-1).getAttribute("aria-rowindex")) }));
  const head = await there();
  await page.waitForFunction((all) => {
    const at = document.querySelector('[role="table"]');
    at.scrollTop = at.scrollHeight;
    return document.querySelector(`[role="row"][aria-rowindex="${all}"]`);
  }, Number(await pane.getAttribute("aria-rowcount")));
  const end = await there();
  await page.evaluate(() => { window.same = true; });
  const name = await pane.getByRole("link").last().textContent();
  await pane.getByRole("link").last().click();
  await page.getByRole("heading", { name, exact: true }).waitFor();
  const reloaded = !(await page.evaluate(() => window.same));
  await page.getByRole("button", { name: "Log the outcome" }).waitFor();
  await page.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "Rejected" }).click();
  await page.getByRole("button", { name: "Log the outcome" }).click();
  await page.getByText("Logged.").waitFor();
  const asked = [];
  page.on("request", (request) => { if (/\/workspaces\/\d+\/leads\?/.test(request.url())) asked.push(request.url()); });
  await page.goBack();
  await pane.waitFor();
  await page.waitForTimeout(1_500);
  return { head, end, all: end.last, reloaded, again: asked.length };
}

export const looks = {
  /** Rates with where they may lie; what an arm rests on, by keyboard and by a tap. */
  async measured({ orders, open, onTelephone, show, signIn }) {
    const page = await open();
    await signIn(page);
    await place(page, "Experiments");
    const comparison = page.getByRole("region", { name: "Comparison" });
    await comparison.getByRole("img").first().waitFor();
    const rates = await comparison.getByRole("img").evaluateAll((all) => all.map((one) => ({ said: one.getAttribute("aria-label"), shown: one.textContent })));
    const verdicts = await comparison.textContent();
    await show(page, "experiments-measured");

    await dimension(page).focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    const byKeyboard = await page.locator(EVIDENCE).textContent();
    await page.keyboard.press("Escape");

    const telephone = await onTelephone(`/console/w/${orders.workspaceId}/experiments`);
    await dimension(telephone).tap();
    const byTouch = await telephone.locator(EVIDENCE).textContent();
    await telephone.close();

    await place(page, "Campaigns");
    await page.getByRole("article").first().waitFor();
    await show(page, "campaigns-measured");
    await page.getByRole("article").first().getByRole("link").click();
    await page.getByRole("region", { name: "What came of them" }).waitFor();
    await show(page, "campaign-measured");
    await page.getByRole("link", { name: "See its leads" }).click();
    await page.getByRole("table", { name: "Leads" }).waitFor();
    await show(page, "leads-many");
    const table = await rowsOf(page);
    return { rates, verdicts, byKeyboard, byTouch, table };
  },

  /** Another workspace, made in its dialog; back to the first by the list of them. */
  async workspaces({ open, show, signIn }) {
    const page = await open();
    await signIn(page);
    await page.getByRole("button", { name: "New workspace" }).click();
    await field(page.getByRole("dialog", { name: "New workspace" }), "Name").fill("Tiles of Porto");
    await show(page, "workspace-new");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.getByRole("heading", { name: "Company", exact: true }).waitFor();
    const made = await page.getByRole("combobox", { name: "Workspace" }).inputValue();
    await page.getByRole("combobox", { name: "Workspace" }).click();
    await page.getByRole("option", { name: "My workspace" }).click();
    await page.getByRole("heading", { name: "Discovery" }).waitFor();
    return { made, back: await page.getByRole("combobox", { name: "Workspace" }).inputValue() };
  },

  /** A password that is not theirs, and pages of what is not there. */
  async mistakes({ orders, open, show, signIn }) {
    const page = await open();
    await field(page, "E-mail").fill(orders.email);
    await field(page, "Password").fill("not-their-password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const refused = await page.getByRole("alert").textContent();
    await show(page, "sign-in-refused");
    await signIn(page);
    const missing = {};
    for (const kind of ["leads", "campaigns"]) {
      await page.goto(`${orders.url}/console/w/${orders.workspaceId}/${kind}/999999999`);
      missing[kind] = await page.getByRole("alert").textContent();
    }
    await show(page, "campaign-missing");
    // A workspace that is not theirs is theirs again.
    await page.goto(`${orders.url}/console/w/999999999/leads`);
    await page.getByRole("heading", { name: "Discovery" }).waitFor();
    return { refused, missing, address: new URL(page.url()).pathname };
  },
};
