import { hkdfSync } from 'node:crypto';
import { RecordingClaims, tokenKeyInfo } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { readSigned } from './read-signed.ts';

const claimsCheck = Compile(RecordingClaims);

export function recordingTokenKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', tokenKeyInfo.recording, 32));
}

/** The claims of a recording's token; null = it opens nothing, or no longer. */
export function readRecordingToken(
  token: unknown,
  { key, nowMs }: { readonly key: Buffer; readonly nowMs: number },
): RecordingClaims | null {
  const claims = readSigned(token, key);
  return claimsCheck.Check(claims) && claims.until * 1000 >= nowMs ? claims : null;
}
