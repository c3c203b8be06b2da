import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';

export type PointChannel = 'email' | 'sms';

export interface ContactPoint {
  readonly recipient: string;
  readonly channel: PointChannel;
  readonly cipher: Buffer;
  readonly masked: string;
}

/** Writes where somebody is told, in place of what stood there. */
export async function setContactPoint(client: Client, point: ContactPoint): Promise<void> {
  await client.query(
    `insert into contact_point (recipient, channel, cipher, masked) values ($1, $2, $3, $4)
     on conflict (recipient, channel)
     do update set cipher = excluded.cipher, masked = excluded.masked`,
    [point.recipient, point.channel, point.cipher, point.masked],
  );
}

export async function removeContactPoint(
  client: Client,
  { recipient, channel }: Pick<ContactPoint, 'recipient' | 'channel'>,
): Promise<void> {
  await client.query('delete from contact_point where recipient = $1 and channel = $2', [
    recipient,
    channel,
  ]);
}

/** Covered, for the eye; the receipt proves that this reading stands in the audit. */
export async function listContactPoints(
  db: Queryable,
  _receipt: AuditReceipt,
  recipient: string,
): Promise<Pick<ContactPoint, 'channel' | 'masked'>[]> {
  const { rows } = await db.query<Pick<ContactPoint, 'channel' | 'masked'>>(
    'select channel, masked from contact_point where recipient = $1 order by channel',
    [recipient],
  );
  return rows;
}

/** Where these can be told, without any address. */
export async function readReachable(
  db: Queryable,
  recipients: readonly string[],
): Promise<Pick<ContactPoint, 'recipient' | 'channel'>[]> {
  const { rows } = await db.query<Pick<ContactPoint, 'recipient' | 'channel'>>(
    'select recipient, channel from contact_point where recipient = any ($1) order by recipient, channel',
    [recipients],
  );
  return rows;
}

/** One sealed address, to send to; null = it is gone. */
export async function readSealedPoint(
  db: Queryable,
  { recipient, channel }: Pick<ContactPoint, 'recipient' | 'channel'>,
): Promise<Buffer | null> {
  const { rows } = await db.query<{ cipher: Buffer }>(
    'select cipher from contact_point where recipient = $1 and channel = $2',
    [recipient, channel],
  );
  return rows[0]?.cipher ?? null;
}
