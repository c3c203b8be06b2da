import type { ErasureReceiptView } from '@sightline/contracts';

/** An erasure receipt as a third party verifies it, without us: text, signature and key. No names. */
export function receiptJson({ text, source, sig, publicKey }: ErasureReceiptView): string {
  const receipt = {
    kind: 'sightline erasure receipt v1',
    text,
    signature: sig,
    publicKey,
    source,
    verify:
      'ECDSA P-256 with SHA-256 over the UTF-8 bytes of text; signature is r||s (IEEE P1363), ' +
      'base64url; publicKey is SPKI DER, base64url; source is the SHA-256 of that DER, base64url.',
  };
  return `${JSON.stringify(receipt, null, 2)}\n`;
}
