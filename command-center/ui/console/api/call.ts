/** What the server answered instead of what was asked for; `code` picks the sentence. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

const timeoutMs = 20_000;

/** A GET of our own server. */
export function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const late = AbortSignal.timeout(timeoutMs);
  return call<T>(url, { signal: signal === undefined ? late : AbortSignal.any([signal, late]) });
}

export interface Change {
  readonly method: 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
  /** The command's id: the same on every repetition of the same intent. */
  readonly key: string;
}

/** A change; sent again with the same key it is done once. */
export function change<T>({ method, url, body, key }: Change): Promise<T> {
  return call<T>(url, {
    method,
    headers: {
      'idempotency-key': key,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const reply = await fetch(url, { ...init, credentials: 'same-origin' }).catch(
    (cause: unknown) => {
      throw new Problem(0, 'unreachable', cause instanceof Error ? cause.message : String(cause));
    },
  );
  const text = await reply.text();
  if (reply.ok) return (text === '' ? undefined : JSON.parse(text)) as T; // Of our own server.
  throw problemOf(reply.status, text);
}

function problemOf(status: number, text: string): Problem {
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    return new Problem(status, code ?? 'fault', detail ?? text);
  } catch {
    return new Problem(status, 'fault', text.slice(0, 200));
  }
}
