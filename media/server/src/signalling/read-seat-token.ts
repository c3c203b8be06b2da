import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { SeatClaims, seatTokenPattern } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const claimsCheck = Compile(SeatClaims);
const tokenForm = new RegExp(seatTokenPattern);

/** The key that signs seats, made of the secret that centre and media server share. */
export function seatTokenKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'sightline seat token', 32));
}

/** The claims of a token, or why it opens nothing. Says nothing of rooms; takes the same time for any signature. */
export function readSeatToken(
  token: unknown,
  { key, nowMs }: { readonly key: Buffer; readonly nowMs: number },
): SeatClaims | 'bad-token' | 'stale-token' {
  if (typeof token !== 'string' || !tokenForm.test(token)) return 'bad-token';
  const [body = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return 'bad-token';
  const claims = parseJson(Buffer.from(body, 'base64url').toString('utf8'));
  if (!claimsCheck.Check(claims)) return 'bad-token';
  return claims.until * 1000 < nowMs ? 'stale-token' : claims;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Signed, and yet no JSON: another version of the centre. It opens nothing.
    return null;
  }
}
