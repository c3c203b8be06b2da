import { createHmac, timingSafeEqual } from 'node:crypto';
import { seatTokenPattern } from '@sightline/contracts';

const tokenForm = new RegExp(seatTokenPattern);

/** What a token says, where this key signed it; null = it says nothing. Takes the same time for any signature. */
export function readSigned(token: unknown, key: Buffer): unknown {
  if (typeof token !== 'string' || !tokenForm.test(token)) return null;
  const [body = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return null;
  return parseJson(Buffer.from(body, 'base64url').toString('utf8'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Signed, and yet no JSON: another version of the centre. It opens nothing.
    return null;
  }
}
