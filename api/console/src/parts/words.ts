// Words and colours for what the API says in codes.
const NAMES: Record<string, string> = {
  variable_a: "Variable A", variable_b: "Variable B",
  email_cold: "Cold e-mail", email_warm: "Warm e-mail",
  bulk_generate_outreach: "Drafts for many leads", bulk_lead_enrichment: "Enrichment of many leads", wiza_search: "Search for leads", campaign_scale: "More leads for a campaign",
  linkedin_connection: "LinkedIn invitation", linkedin_message: "LinkedIn message", linkedin_inmail: "LinkedIn InMail",
};
export const words = (code: string): string => NAMES[code] ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");

/** A field's name inside a sentence, for people: "jobTitle (plant manager)" is "job title (plant manager)". */
export const spaced = (text = ""): string => text.replace(/\b[a-z]+(?:[A-Z][a-z]+)+\b/g, (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const COLOURS: Record<string, string> = {
  found: "gray", enriching: "blue", enriched: "cyan", drafted: "indigo", queued: "violet", sent: "grape", responded: "teal",
  interested: "teal", meeting_booked: "green", meeting_done: "green", closed_won: "green", closed_lost: "orange", rejected: "red", unqualified: "red", no_response: "gray",
  active: "green", paused: "yellow", completed: "blue", archived: "gray", failed: "red", cancelled: "gray", processing: "blue", pending: "gray", complete: "green",
  bullseye: "indigo", variable_a: "cyan", variable_b: "teal", contrarian: "orange", long_shot: "grape",
  observed: "teal", inferred: "yellow", assumed: "gray", draft: "indigo", scheduled: "violet", replied: "teal", bounced: "red",
};

export const colour = (code: string): string => COLOURS[code] ?? "gray";

const NUMBER = new Intl.NumberFormat("en");
const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
export const count = (value: number): string => NUMBER.format(value);
export const percent = (share: number): string => PERCENT.format(share);
export const money = (dollars: number): string => `$${dollars.toFixed(dollars < 1 ? 4 : 2)}`;

const DATE = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const when = (time: string | null): string => (time ? DATE.format(new Date(time)) : "never");

/** Where words are stored, for people: `onboarding:customerEvidence.bestCustomers.0.role` is "onboarding, customer evidence". */
export function sourceWords(source: string): string {
  const [kind = "", where = ""] = source.split(/:(.*)/s);
  const first = where.split(".")[0] ?? "";
  const place = /^[a-z]+[A-Za-z]*$/.test(first) ? first.replace(/([A-Z])/g, " $1").toLowerCase() : where;
  return place ? `${kind}, ${place}` : kind;
}
