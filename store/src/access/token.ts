import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url: shown once, kept only as its hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. A token has full entropy, so one plain SHA-256 is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
