import { hash, verify } from '@node-rs/argon2';

// OWASP's argon2id of 19 MiB and 2 passes. Six digits are few: the key file is the secret that a
// copied database alone does not have.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** argon2id in PHC text; `secret` is the terminal's own key. */
export function hashPin(pin: string, secret: Buffer): Promise<string> {
  return hash(pin, { ...cost, secret });
}

export function verifyPin(phc: string, pin: string, secret: Buffer): Promise<boolean> {
  return verify(phc, pin, { secret });
}
