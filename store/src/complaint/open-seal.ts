import {
  createDecipheriv,
  createPrivateKey,
  decapsulate,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { complaintSealInfo, WrittenText, type SealedText } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const check = Compile(WrittenText);
const tagBytes = 16;

/**
 * Opens what a terminal sealed (`edge-agent`, seal-text.ts): DHKEM(X25519), HKDF-SHA256, AES-256-GCM
 * with the complaint's id bound in. Null where it was not sealed so.
 */
export function openSeal(
  complaintId: string,
  sealed: Pick<SealedText, 'enc' | 'box'>,
  privateKey: Buffer,
): WrittenText | null {
  try {
    const key = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' });
    const written: unknown = JSON.parse(decrypt(complaintId, sealed, key));
    return check.Check(written) ? written : null;
  } catch {
    return null; // Damaged, or sealed for another key: the complaint stands without its words.
  }
}

function decrypt(
  complaintId: string,
  { enc, box }: Pick<SealedText, 'enc' | 'box'>,
  key: KeyObject,
): string {
  const shared = decapsulate(key, Buffer.from(enc, 'base64url'));
  // 32 bytes of key and 12 of nonce: a shared secret is used once.
  const drawn = Buffer.from(hkdfSync('sha256', shared, '', complaintSealInfo, 44));
  const bytes = Buffer.from(box, 'base64url');
  const opening = createDecipheriv('aes-256-gcm', drawn.subarray(0, 32), drawn.subarray(32))
    .setAAD(Buffer.from(complaintId, 'utf8'))
    .setAuthTag(bytes.subarray(-tagBytes));
  const start = opening.update(bytes.subarray(0, -tagBytes));
  return Buffer.concat([start, opening.final()]).toString('utf8');
}
