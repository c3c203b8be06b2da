import { createPrivateKey, createPublicKey, hash, sign, type KeyObject } from 'node:crypto';

/** 设备密钥. The P-256 key of a terminal; the private half never leaves this object. */
export interface DeviceKey {
  /** base64url SHA-256 of the public key's SPKI DER: the name of the source. */
  readonly source: string;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
  /** ECDSA with SHA-256 over the text's UTF-8, r‖s, base64url (86 characters). */
  sign(text: string): string;
}

/** Reads a PKCS#8 PEM. Throws when it is no P-256 key. */
export function readDeviceKey(pem: string): DeviceKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error(`The device key is ${key.asymmetricKeyType ?? 'unknown'}, not P-256.`);
  }
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    source: hash('sha256', spki, 'base64url'),
    publicKey: spki.toString('base64url'),
    sign: (text) => signText(key, text),
  };
}

function signText(key: KeyObject, text: string): string {
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return signature.toString('base64url');
}
