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

/** A workbook of a whole list takes its time. */
const fileTimeoutMs = 120_000;

/** A file of our own server, with the name it gives it. */
export async function getFile(
  url: string,
): Promise<{ readonly blob: Blob; readonly fileName: string }> {
  const reply = await send(url, { signal: AbortSignal.timeout(fileTimeoutMs) });
  if (!reply.ok) throw problemOf(reply.status, await reply.text());
  const [, name] = /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '') ?? [];
  return { blob: await reply.blob(), fileName: name ?? 'sightline' };
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

/** Sends a file as it is; the reply says what became of it. */
export async function upload<T>(url: string, file: File, type: string): Promise<T> {
  return call<T>(url, {
    method: 'POST',
    headers: { 'idempotency-key': crypto.randomUUID(), 'content-type': type },
    body: file,
    signal: AbortSignal.timeout(fileTimeoutMs),
  });
}

/** A piece of a file, as it is; the reply says how much of it is there. */
export function putPiece<T>(url: string, piece: Blob, signal: AbortSignal): Promise<T> {
  return call<T>(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: piece,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const reply = await send(url, init);
  const text = await reply.text();
  if (reply.ok) return (text === '' ? undefined : JSON.parse(text)) as T; // Of our own server.
  throw problemOf(reply.status, text);
}

function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw new Problem(0, 'unreachable', cause instanceof Error ? cause.message : String(cause));
  });
}

/** What a server answered instead: its code, or `fault`. */
export function problemOf(status: number, text: string): Problem {
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    return new Problem(status, code ?? 'fault', detail ?? text);
  } catch {
    return new Problem(status, 'fault', text.slice(0, 200));
  }
}
