import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

/** A device's public key (SPKI DER, base64url), or null when it is none on P-256. */
export function readDeviceKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64url'),
      format: 'der',
      type: 'spki',
    });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null; // Anything a stranger sends: no key.
  }
}

/** `source`: SHA-256 over the key's SPKI DER, base64url. */
export function fingerprint(publicKey: string): string {
  return hash('sha256', Buffer.from(publicKey, 'base64url'), 'base64url');
}

/** Checks a P-256 signature in r‖s form over a text's UTF-8 bytes. Never throws. */
export function verifySignature(key: KeyObject, text: string, sig: string): boolean {
  const signature = Buffer.from(sig, 'base64url');
  if (signature.length !== 64) return false;
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
