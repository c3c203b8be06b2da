import { readFileSync } from 'node:fs';
import { ensureSecret } from './register-key.ts';

/**
 * What centre and media server prove themselves to each other with, and sign seats: made once, in the data
 * folder. Returns it as text, 43 characters.
 */
export function ensureMediaSecret(dataDir: string): string {
  return readFileSync(ensureSecret(dataDir, 'media.key')).toString('base64url');
}
