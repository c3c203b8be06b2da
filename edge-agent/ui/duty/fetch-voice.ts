const timeoutMs = 10_000;

/** A recording of this terminal, by somebody's pass; null = it is not here, or the agent is gone. */
export async function fetchVoice(asked: {
  readonly pass: string;
  readonly itemId: string;
}): Promise<Blob | null> {
  try {
    const reply = await fetch('/api/hand-over/voice', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return reply.ok ? await reply.blob() : null;
  } catch {
    return null;
  }
}
