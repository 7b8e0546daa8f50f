// Looks on at the requests of the package's own transport, and holds every chunk against the package's own schema.
export class Wire {
  requests = [];
  #schema;
  #reading = [];

  constructor(ai) { this.#schema = ai.asSchema(ai.uiMessageChunkSchema); }

  /** The transport's `fetch`: the platform's own; what comes is read twice. */
  fetch = async (url, init) => {
    const response = await fetch(url, init);
    const { pathname, search } = new URL(url);
    const sent = init.body === undefined ? null : JSON.parse(init.body);
    const seen = { method: init.method, path: pathname + search, sent, status: response.status, types: [], refused: [], done: false };
    this.requests.push(seen);
    if (response.ok && response.body) this.#reading.push(this.#look(response.clone(), seen));
    return response;
  };

  /** Waits until all that was begun has been read. */
  read = () => Promise.all(this.#reading);

  async #look(response, seen) {
    for (const line of (await textOf(response)).split("\n")) {
      if (line === "data: [DONE]") seen.done = true;
      else if (line.startsWith("data: ")) await this.#hold(JSON.parse(line.slice(6)), seen);
    }
  }

  async #hold(chunk, seen) {
    seen.types.push(chunk.type);
    const result = await this.#schema.validate(chunk);
    if (!result.success) seen.refused.push({ chunk, why: result.error.message });
  }
}

/** All whole frames of a stream, up to where it ended, was left or broke; which of these, the chat itself tells. */
async function textOf(response) {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const bytes of response.body) text += decoder.decode(bytes, { stream: true });
  } catch (error) {
    if (error.name !== "AbortError" && error.message !== "terminated") throw error;
  }
  return text.slice(0, text.lastIndexOf("\n\n") + 1);
}
