import { type Refusal, refuse } from '@sightline/contracts';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { limits } from '#limits.ts';

const ProblemCheck = Compile(
  Type.Object({ detail: Type.String(), code: Type.Optional(Type.String()) }),
);

export interface PostOptions<T> {
  readonly url: string;
  readonly body: unknown;
  /** Knows the shape of a good answer. */
  readonly reply: { Check(value: unknown): value is T };
  readonly signal?: AbortSignal;
}

/**
 * Posts to the broker. A 4xx is its Refusal (problem+json); everything else that is not the promised
 * reply is a fault: unreachable, late, too long, or of another shape.
 */
export async function postJson<T>(options: PostOptions<T>): Promise<T | Refusal> {
  const { url, body, reply, signal } = options;
  const timeout = AbortSignal.timeout(limits.http.timeoutMs);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  const value: unknown = JSON.parse(await readText(response, url));
  if (response.status >= 400 && response.status < 500) return toRefusal(value, response.status);
  if (response.ok && reply.Check(value)) return value;
  throw new Error(`${url} answered ${response.status} with an unexpected body.`);
}

async function readText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.http.replyBytes) throw new Error(`${url} answers more than fits.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toRefusal(value: unknown, status: number): Refusal {
  if (!ProblemCheck.Check(value)) return refuse(`http-${status}`, `The broker answered ${status}.`);
  return refuse(value.code ?? `http-${status}`, value.detail);
}
