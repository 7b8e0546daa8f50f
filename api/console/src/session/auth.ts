// Sign-in at Supabase, by the two calls the console needs. The session lives in this browser until it is signed out.

export interface Configuration {
  supabaseUrl: string;
  supabaseKey: string;
  sample: { email: string; password: string } | null;
}

interface Session { accessToken: string; refreshToken: string; expiresAt: number; email: string }

const KEY = "quiver.session";
const EARLY_SECONDS = 60;

export async function configuration(): Promise<Configuration> {
  const answer = await fetch("/console/config.json");
  if (!answer.ok) throw new Error("The server can't be reached.");
  return answer.json() as Promise<Configuration>;
}

export class Auth extends EventTarget {
  private session: Session | null = stored();
  private renewing: Promise<string | null> | null = null;

  constructor(private readonly configuration: Configuration) {
    super();
    // Another tab signed in or out.
    window.addEventListener("storage", (event) => { if (event.key === KEY) this.take(stored()); });
  }

  get email(): string | null { return this.session?.email ?? null; }

  /** The access token; renewed when it is about to end or was refused. Null when nobody is signed in. */
  readonly token = async (refused?: string): Promise<string | null> => {
    if (!this.session) return null;
    const stale = refused === this.session.accessToken || this.session.expiresAt - EARLY_SECONDS < Date.now() / 1000;
    if (!stale) return this.session.accessToken;
    this.renewing ??= this.renew().finally(() => { this.renewing = null; });
    return this.renewing;
  };

  /** Throws an Error that says what Supabase said. */
  async signIn(email: string, password: string): Promise<void> {
    this.keep(await this.ask("password", { email, password }));
  }

  async signUp(email: string, password: string): Promise<void> {
    this.keep(await this.post("/signup", { email, password }));
  }

  signOut(): void {
    localStorage.removeItem(KEY);
    this.take(null);
  }

  private async renew(): Promise<string | null> {
    // Another tab may have renewed it: a refresh token is good once.
    const newest = stored();
    if (newest && newest.accessToken !== this.session?.accessToken) { this.take(newest); return newest.accessToken; }
    try {
      this.keep(await this.ask("refresh_token", { refresh_token: this.session?.refreshToken }));
    } catch (error) {
      if (error instanceof Refused) this.signOut();
      else return this.session?.accessToken ?? null;
    }
    return this.session?.accessToken ?? null;
  }

  private ask(grant: string, body: Record<string, unknown>): Promise<Session> {
    return this.post(`/token?grant_type=${grant}`, body);
  }

  private async post(path: string, body: Record<string, unknown>): Promise<Session> {
    const { supabaseUrl, supabaseKey } = this.configuration;
    const headers = { "Content-Type": "application/json", ...(supabaseKey ? { apikey: supabaseKey } : {}) };
    const answer = await fetch(`${supabaseUrl}/auth/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const said = (await answer.json().catch(() => ({}))) as Record<string, any>;
    if (!answer.ok) throw new Refused(String(said.msg ?? said.error_description ?? said.message ?? "Sign-in failed."));
    if (!said.access_token) throw new Refused("Confirm your e-mail address, then sign in.");
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, user } = said;
    return { accessToken, refreshToken, expiresAt: Date.now() / 1000 + Number(seconds), email: user?.email ?? "" };
  }

  private keep(session: Session): void {
    localStorage.setItem(KEY, JSON.stringify(session));
    this.take(session);
  }

  private take(session: Session | null): void {
    this.session = session;
    this.dispatchEvent(new Event("change"));
  }
}

class Refused extends Error {}

function stored(): Session | null {
  try { return JSON.parse(localStorage.getItem(KEY) ?? "null") as Session | null; } catch { return null; }
}
