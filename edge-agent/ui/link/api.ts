import type { KioskResult } from '@sightline/contracts';
import type { Aim } from '../aim.ts';

/** A "no" of the agent, by its code. */
export interface Denied {
  readonly denied: string;
  readonly detail: string;
}

const timeoutMs = 10_000;

export function isDenied(answer: object): answer is Denied {
  return 'denied' in answer;
}

/** Asks the agent; every "no", also "the agent is gone", is a value. */
export async function ask(path: string, body: object): Promise<Denied | object> {
  try {
    const reply = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await reply.json();
    if (typeof answer !== 'object' || answer === null) return gone;
    return reply.ok ? answer : deniedBy(reply.status, answer);
  } catch {
    return gone;
  }
}

const gone: Denied = { denied: 'fault', detail: 'The terminal does not answer.' };

function deniedBy(status: number, answer: object): Denied {
  if (status === 429) return { denied: 'too-many', detail: '' };
  const code = 'code' in answer && typeof answer.code === 'string' ? answer.code : 'fault';
  const detail = 'detail' in answer && typeof answer.detail === 'string' ? answer.detail : '';
  return { denied: code, detail };
}

/** Somebody by their own PIN of six digits. */
export interface OwnPin {
  readonly personId: string;
  readonly pin: string;
}

/** 密码签到, 签退, 交接; the first two with a witness who stands beside or without. */
export function proveByPin(aim: Aim, own: OwnPin, witness?: OwnPin): Promise<KioskResult | Denied> {
  return askForResult(`/api/${aim}/pin`, witness === undefined ? own : { ...own, witness });
}

/** 撤回同意: the template is erased here at once. */
export function withdrawFace(own: OwnPin): Promise<KioskResult | Denied> {
  return askForResult('/api/withdraw', own);
}

async function askForResult(path: string, body: object): Promise<KioskResult | Denied> {
  const answer = await ask(path, body);
  // The agent's own answer, whose shape `contracts/kiosk.ts` fixes.
  return isDenied(answer) ? answer : (answer as KioskResult);
}

/** Trades the token of the printed link for the session cookie, and takes it out of the address. */
export async function openSession(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  const answer = await ask('/api/session', { token });
  if (!isDenied(answer)) history.replaceState(null, '', location.pathname);
}
