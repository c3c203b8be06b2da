import { createPublicKey, hash, verify } from 'node:crypto';
import {
  erasureText,
  type Erasure,
  type ErasureReceiptView,
  type ReceiptDoubt,
} from '@sightline/contracts';
import type { ConsentEvent, FaceConsent, FaceErasure } from '@sightline/store';
import type { FaceAt } from '#domain/consent.ts';

/** 删除回执. The receipt of an erasure, verified now; null for events that have none. */
export function receiptOf(event: ConsentEvent): ErasureReceiptView | null {
  const { terminalId, personId, reason, model, sig } = event;
  if (terminalId === null || reason === null || model === null || sig === null) return null;
  return verifyReceipt({ ...event, reason, model, sig }, { terminalId, personId });
}

/** A face at a terminal for a decision: erased only where the receipt holds. */
export function faceAt(personId: string, { erasure, ...face }: FaceConsent): FaceAt {
  if (erasure === null) return { ...face, erasedFor: null };
  const { valid } = verifyReceipt(erasure, { terminalId: face.terminalId, personId });
  return { ...face, erasedFor: valid ? erasure.reason : null };
}

function verifyReceipt(
  erasure: FaceErasure,
  whose: Pick<Erasure, 'terminalId' | 'personId'>,
): ErasureReceiptView {
  const { source, reason, model, saidAt, sig, publicKey } = erasure;
  const text = erasureText({ source, ...whose, reason, model, at: saidAt });
  const doubt = doubtOf(erasure, { text, terminalId: whose.terminalId });
  return { text, source, sig, publicKey, valid: doubt === null, doubt };
}

function doubtOf(
  { source, sig, publicKey, keyTerminalId }: FaceErasure,
  { text, terminalId }: { readonly text: string; readonly terminalId: string },
): ReceiptDoubt | null {
  if (publicKey === null) return 'unknown-key';
  if (keyTerminalId !== terminalId) return 'other-terminal';
  const der = Buffer.from(publicKey, 'base64url');
  if (hash('sha256', der, 'base64url') !== source) return 'unknown-key';
  return isSigned(der, text, sig) ? null : 'wrong-signature';
}

function isSigned(der: Buffer, text: string, sig: string): boolean {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
    const signature = Buffer.from(sig, 'base64url');
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false; // A key that cannot be read has signed nothing.
  }
}
