import { hkdfSync } from 'node:crypto';
import { SeatClaims, tokenKeyInfo } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { readSigned } from './read-signed.ts';

const claimsCheck = Compile(SeatClaims);

/** The key that signs seats, made of the secret that centre and media server share. */
export function seatTokenKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', tokenKeyInfo.seat, 32));
}

/** The claims of a token, or why it opens nothing. Says nothing of rooms. */
export function readSeatToken(
  token: unknown,
  { key, nowMs }: { readonly key: Buffer; readonly nowMs: number },
): SeatClaims | 'bad-token' | 'stale-token' {
  const claims = readSigned(token, key);
  if (!claimsCheck.Check(claims)) return 'bad-token';
  return claims.until * 1000 < nowMs ? 'stale-token' : claims;
}
