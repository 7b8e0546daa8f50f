// What people do with the console. Each ends with what its test wants to know.
const ASK = "Just give me five experiments now.";
export const place = (page, name) => page.getByRole("link", { name, exact: true }).click();
const said = (page) => page.getByRole("article", { name: "The agent" });

async function send(page, text) {
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

async function answered(page) {
  await page.getByRole("button", { name: "Send" }).waitFor({ timeout: 60_000 });
}

/** Some words of the answer are there, and it is still being written. */
async function writing(page, characters = 20) {
  await page.waitForFunction((least) => {
    const texts = [...document.querySelectorAll('[aria-label="The agent"] .said')];
    return (texts.at(-1)?.textContent ?? "").length > least && document.querySelector('[aria-label="Stop"]');
  }, characters);
}

/** How far below what is seen the talk ends, when it has been left alone for a moment. */
async function belowOf(page) {
  await page.waitForTimeout(300);
  return page.getByRole("log").evaluate((log) => Math.round(log.scrollHeight - log.scrollTop - log.clientHeight));
}

/** The field of this label; a star says that it is required. */
export const field = (scope, label) => scope.getByLabel(new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( \\*)?$`));
const textsOf = (page) => page.locator('[aria-label="The agent"] .said').allTextContents();

export const scenarios = {
  /** From an account to a drafted message and a logged outcome. */
  async journey({ orders, open, show }) {
    const page = await open();
    await page.getByRole("heading", { name: "Welcome back" }).waitFor();
    await show(page, "sign-in");
    await page.getByRole("button", { name: "Create an account" }).click();
    await page.getByLabel("E-mail").fill(orders.email);
    await field(page, "Password").fill(orders.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: "Discovery" }).waitFor();
    await show(page, "discovery-empty");
    for (const [name, heading] of [["Experiments", "No experiments yet"], ["Campaigns", "No campaigns yet"], ["Leads", "No leads yet"], ["Jobs", "No jobs yet"]]) {
      await place(page, name);
      await page.getByRole("heading", { name: heading }).waitFor();
      await show(page, `${name.toLowerCase()}-empty`);
    }

    await place(page, "Company");
    const fields = {
      "Company name": "Brightkiln",
      "In one sentence, what do you sell?": "Brightkiln dries ceramic tiles with waste heat.",
      "What does it cost?": "40,000 euros for each kiln",
      "Your best customer": "Azulejos Norte",
      "Who bought there?": "Plant manager",
      "In their words": "Gas eats a third of our margin.",
    };
    for (const [label, value] of Object.entries(fields)) await field(page, label).fill(value);
    await page.getByRole("region", { name: "What you know" }).getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    const sender = page.getByRole("region", { name: "Who writes" });
    for (const [label, value] of [["Your name", "Ines Prado"], ["Your title", "Founder"], ["Company", "Brightkiln"], ["Postal address", "Kiln Street 4, Porto"], ["How to opt out", "Reply 'no' and I will not write again."]]) {
      await field(sender, label).fill(value);
    }
    await sender.getByLabel("Facts that may be stated").fill("Brightkiln dries ceramic tiles with waste heat.");
    await page.keyboard.press("Enter");
    await sender.getByRole("button", { name: "Save" }).click();
    await sender.getByText("Saved.").waitFor();
    await show(page, "company");

    await place(page, "Discovery");
    const nodes = new Set();
    await page.exposeFunction("noteNode", (label) => { nodes.add(label); });
    await page.evaluate(() => new MutationObserver(() => {
      const label = document.querySelector('[role="log"] [role="status"]')?.textContent;
      if (label) window.noteNode(label);
    }).observe(document.body, { childList: true, subtree: true, characterData: true }));
    await send(page, "We sell to plant managers of tile makers. Gas prices hurt them.");
    await answered(page);
    const replies = await page.getByRole("group", { name: "Suggested answers" }).getByRole("button").count();
    await show(page, "discovery-answer");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "What we know" }).click();
    const known = await page.getByRole("dialog", { name: "What we know" }).textContent();
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1280, height: 800 });
    await send(page, ASK);
    const approval = page.getByRole("group", { name: "The agent asks for your approval" });
    await approval.waitFor({ timeout: 60_000 });
    const below = await belowOf(page);
    await show(page, "discovery-approval");
    await approval.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Saved the experiments").waitFor({ timeout: 60_000 });
    await answered(page);
    await show(page, "discovery-saved");

    await place(page, "Experiments");
    const cards = page.getByRole("article");
    await cards.first().waitFor();
    const experiments = await cards.count();
    const control = cards.filter({ hasText: "every other arm" });
    await page.getByRole("region", { name: "Comparison" }).waitFor();
    await control.getByRole("button", { name: /^Persona/ }).hover();
    await page.locator(".mantine-HoverCard-dropdown").first().waitFor();
    await show(page, "experiments");
    await control.getByRole("button", { name: "Start a campaign" }).click();
    await page.getByRole("region", { name: "Next steps" }).waitFor();
    await page.getByRole("button", { name: "Add a lead" }).click();
    for (const [label, value] of [["Full name", "Teresa Duarte"], ["Job title", "Plant manager"], ["Company", "Cerâmica Alta"], ["E-mail", "teresa@ceramica-alta.example"], ["What you know", "Her plant fires four gas kilns."]]) {
      await field(page.getByRole("dialog"), label).fill(value);
    }
    await page.getByRole("button", { name: "Add lead", exact: true }).click();
    await page.getByRole("list", { name: "Leads by status" }).getByText("Found").waitFor();
    await show(page, "campaign");

    await page.getByRole("link", { name: "See its leads" }).click();
    await page.getByRole("table", { name: "Leads" }).waitFor();
    await show(page, "leads");
    await page.getByRole("link", { name: "Teresa Duarte" }).click();
    await page.getByRole("heading", { name: "Teresa Duarte" }).waitFor();
    await page.getByRole("button", { name: "Add evidence" }).click();
    for (const [label, value] of [["Headline", "Hires operators"], ["In their words", "We are hiring two kiln operators for our night shift in Porto."], ["Where you read it", "https://ceramica-alta.example/careers"]]) {
      await field(page.getByRole("dialog"), label).fill(value);
    }
    await page.getByRole("button", { name: "Add evidence to the lead" }).click();
    await page.getByText("Hires operators").waitFor();
    await page.getByRole("button", { name: "Write a draft" }).click();
    const draft = page.getByRole("article", { name: "Cold e-mail, Draft" });
    await draft.waitFor({ timeout: 60_000 });
    const text = await draft.textContent();
    await draft.locator(".claim").first().hover();
    await show(page, "lead-draft");
    await page.getByRole("combobox", { name: "Outcome" }).click();
    await page.getByRole("option", { name: "Meeting booked" }).click();
    await field(page, "Why").fill("She wants to see a kiln.");
    await page.getByRole("button", { name: "Log the outcome" }).click();
    await page.getByText("Logged.").waitFor();
    await show(page, "lead-outcome");
    await place(page, "Campaigns");
    await page.getByRole("article").first().waitFor();
    await show(page, "campaigns");

    await page.getByRole("article").first().getByRole("link").click();
    await page.getByRole("button", { name: "Add a lead" }).click();
    await field(page.getByRole("dialog"), "Full name").fill("Rui Alves");
    await field(page.getByRole("dialog"), "E-mail").fill("rui@ceramica-alta.example");
    await page.getByRole("button", { name: "Add lead", exact: true }).click();
    await page.getByRole("list", { name: "Leads by status" }).getByText("Found").waitFor();
    await page.getByRole("button", { name: "Write drafts for all" }).click();
    await page.getByRole("status").getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
    await show(page, "campaign-job");
    await place(page, "Usage and budget");
    await page.getByRole("region", { name: "Limits" }).waitFor();
    await page.getByText("gpt", { exact: false }).first().waitFor();
    await show(page, "usage");
    return { nodes: [...nodes], replies, known, below, experiments, draft: text };
  },

  /** A reload while the answer is being written, and one after it. */
  async reload({ open, signIn, tell }) {
    const page = await open();
    await signIn(page);
    await send(page, "We sell to plant managers.");
    await writing(page);
    await page.reload();
    await writing(page);
    await tell();
    await answered(page);
    const shown = await textsOf(page);
    const questions = await page.locator(".bubble").allTextContents();
    await page.reload();
    await page.locator(".said").first().waitFor();
    return { shown, questions, again: await textsOf(page) };
  },

  /** The same talk in two tabs: the second sees the answer of the first, and can't talk over it. */
  async tabs({ open, signIn, tell }) {
    const first = await open();
    await signIn(first);
    await send(first, "We sell to plant managers.");
    await writing(first, 5);
    const second = await open();
    await writing(second, 5);
    await tell();
    await Promise.all([answered(first), answered(second)]);
    const [one, two] = [await textsOf(first), await textsOf(second)];
    await second.getByRole("button", { name: "Sign out" }).click();
    await first.getByRole("heading", { name: "Welcome back" }).waitFor();
    return { one, two };
  },

  async stop({ open, show, signIn }) {
    const page = await open();
    await signIn(page);
    await send(page, "We sell to plant managers.");
    await writing(page);
    await page.keyboard.press("Escape");
    await page.getByText("Stopped.").waitFor();
    const shown = await textsOf(page);
    await show(page, "discovery-stopped");
    await page.reload();
    await page.locator(".said").first().waitFor();
    return { shown, again: await textsOf(page) };
  },

  async denied({ open, signIn }) {
    const page = await open();
    await signIn(page);
    await send(page, ASK);
    const approval = page.getByRole("group", { name: "The agent asks for your approval" });
    await approval.waitFor({ timeout: 60_000 });
    await page.reload();
    await approval.waitFor();
    const cards = await said(page).last().getByRole("article").count();
    const known = await page.getByRole("complementary", { name: "What is known" }).textContent();
    await field(approval, "Why not (if you say no)").fill("We want to wait for the fair.");
    await approval.getByRole("button", { name: "Deny" }).click();
    await page.getByText("You said no").waitFor({ timeout: 60_000 });
    await answered(page);
    await place(page, "Experiments");
    await page.getByRole("heading", { name: "No experiments yet" }).waitFor();
    return { cards, known };
  },

  /** The server goes and comes back: on a page of data, and in the middle of an answer. */
  async down({ open, show, signIn, tell }) {
    const page = await open();
    await signIn(page);
    await place(page, "Campaigns");
    await page.getByRole("heading", { name: "No campaigns yet" }).waitFor();
    await tell();
    await place(page, "Usage and budget");
    await page.getByRole("status").getByText("The server can't be reached").waitFor();
    await page.getByRole("button", { name: "Save limits" }).waitFor({ state: "detached" });
    await show(page, "down");
    await tell();
    await page.getByRole("button", { name: "Save limits" }).waitFor();
    await page.getByText("The server can't be reached").first().waitFor({ state: "detached" });
    await place(page, "Discovery");
    await send(page, "We sell to plant managers.");
    await writing(page);
    await tell();
    await answered(page);
    const shown = await textsOf(page);
    return { shown };
  },

  /** A job with its bar, cancelled from it. */
  async job({ orders, open, show, signIn }) {
    const page = await open();
    await signIn(page);
    await page.goto(`${orders.url}/console/w/${orders.workspaceId}/jobs`);
    const bar = page.getByRole("progressbar", { name: "Discovery chat progress" });
    await bar.waitFor();
    await page.getByRole("status").getByText("% complete").waitFor();
    // One look: the model's silence that holds the job has its own end.
    await show(page, "jobs-running", "narrow");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Over" }).waitFor();
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
    await show(page, "jobs-over");
    return {};
  },

  /** By keyboard alone: skip to the page, write, send. */
  async keyboard({ open, signIn }) {
    const page = await open();
    await signIn(page);
    await page.reload();
    await page.getByRole("heading", { name: "Who should buy from you next?" }).waitFor();
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("Enter");
    for (let left = 30; left && !(await page.evaluate(() => document.activeElement.tagName === "TEXTAREA")); left -= 1) await page.keyboard.press("Tab");
    await page.keyboard.type("We sell to plant managers.");
    await page.keyboard.press("Enter");
    await page.locator(".said").first().waitFor();
    await answered(page);
    return { first };
  },
};
