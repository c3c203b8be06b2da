import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { TerminalComplaints } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';

/**
 * The key a terminal seals words with now. One that was used is replaced, so that each key opens few
 * words and can be destroyed with them (`eraseComplaintTexts`).
 */
export async function currentComplaintKey(
  client: Client,
  { terminalId, now }: { readonly terminalId: string; readonly now: Temporal.Instant },
): Promise<TerminalComplaints['key']> {
  await client.query(
    `update complaint_key k set ended_at = greatest($2::timestamptz, made_at)
     where terminal_id = $1 and ended_at is null and (
       exists (select from complaint c
               where c.terminal_id = k.terminal_id and c.sealed ->> 'keyId' = k.key_id::text)
       or exists (select from hand_over_item h
                  where h.terminal_id = k.terminal_id and h.sealed ->> 'keyId' = k.key_id::text)
       or exists (select from duty_correction h
                  where h.terminal_id = k.terminal_id and h.sealed ->> 'keyId' = k.key_id::text))`,
    [terminalId, now.toString()],
  );
  const { rows } = await client.query<{ keyId: string; publicKey: Buffer }>(
    `select key_id as "keyId", public_key as "publicKey" from complaint_key
     where terminal_id = $1 and ended_at is null`,
    [terminalId],
  );
  const [held] = rows;
  if (held === undefined) return makeKey(client, { terminalId, now });
  return { keyId: held.keyId, publicKey: held.publicKey.toString('base64url') };
}

async function makeKey(
  client: Client,
  { terminalId, now }: { readonly terminalId: string; readonly now: Temporal.Instant },
): Promise<TerminalComplaints['key']> {
  const keyId = randomUUID();
  const pair = generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  await client.query(
    `insert into complaint_key (key_id, terminal_id, public_key, private_key, made_at)
     values ($1, $2, $3, $4, $5)`,
    [keyId, terminalId, pair.publicKey, pair.privateKey, now.toString()],
  );
  return { keyId, publicKey: pair.publicKey.toString('base64url') };
}
