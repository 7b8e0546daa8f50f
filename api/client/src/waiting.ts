/** Wait, or throw the signal's reason as soon as it is aborted. */
export function wait(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => { clearTimeout(timer); reject(signal?.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener("abort", abort); resolve(); }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** Milliseconds before attempt `number` (from 0): doubled each time, up to ten seconds, with a quarter of chance. */
export function pause(number: number, first = 300): number {
  return Math.min(first * 2 ** number, 10_000) * (0.75 + Math.random() / 4);
}
