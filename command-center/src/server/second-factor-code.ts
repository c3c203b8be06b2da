import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { recoveryCode, timeCode, writeRecoveryCode } from '#domain/second-factor.ts';

/** RFC 4226, R6: as long as the hash. */
const secretBytes = 20;
/** One step to either side: a clock may be half a minute wrong (RFC 6238, 5.2). */
const window = 1;

const { digits, periodSeconds: period, issuer } = timeCode;

export function newFactorSecret(): Buffer {
  return randomBytes(secretBytes);
}

/** What an app takes in: as text, and as what its camera reads. */
export function offerOf(
  secret: Buffer,
  login: string,
): { readonly secret: string; readonly uri: string } {
  const factor = totpOf(secret, login);
  return { secret: factor.secret.base32, uri: factor.toString() };
}

/** The time step this code belongs to, now or next to it; null = none. */
export function stepOfCode(secret: Buffer, code: string, now: Temporal.Instant): number | null {
  const timestamp = now.epochMilliseconds;
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window });
  return delta === null ? null : TOTP.counter({ period, timestamp }) + delta;
}

/** Ten codes of 120 random bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCode.count }, () =>
    // 256 is a multiple of 32: each letter is as likely as any other.
    writeRecoveryCode([...randomBytes(recoveryCode.letters)]),
  );
}

function totpOf(secret: Buffer, label: string): TOTP {
  // A copy: the Buffer may lie in a pool's memory, and the library takes all of what it is given.
  const { buffer } = Uint8Array.from(secret);
  return new TOTP({
    issuer,
    label,
    algorithm: 'SHA1',
    digits,
    period,
    secret: new Secret({ buffer }),
  });
}
