import { createHash } from 'node:crypto';
import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { inRefusableTransaction } from './in-refusable-transaction.ts';

/** One order of one account; `commandId` was made by the page and makes a repetition harmless. */
export interface Command {
  readonly commandId: string;
  readonly accountId: string;
  /** Such as `person.add`. */
  readonly name: string;
  /** The whole request, to notice an id used twice for different things. */
  readonly request: unknown;
  readonly now: Temporal.Instant;
}

export type CommandReply = Readonly<Record<string, unknown>>;

/**
 * Runs a command once. The first time `work` runs in one transaction with the note of the command; a
 * refusal rolls it back and uses the id up for nothing. Repeated, even at the same time, it returns
 * the first reply again. A reply is stored, so it may hold no secret and no name.
 */
export async function runCommand<T extends CommandReply>(
  store: Store,
  command: Command,
  work: (client: Client) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  return inRefusableTransaction(store, async (client) => {
    const earlier = await noteCommand(client, command);
    // The stored reply was one of this command's: same id, account and request.
    if (earlier !== null) return isRefusal(earlier) ? earlier : (earlier.reply as T);
    const reply = await work(client);
    if (isRefusal(reply)) return reply;
    await client.query('update command set reply = $2 where command_id = $1', [
      command.commandId,
      JSON.stringify(reply),
    ]);
    return reply;
  });
}

/** Null the first time. A concurrent first time is waited for by the insert itself. */
async function noteCommand(
  client: Client,
  command: Command,
): Promise<{ readonly reply: unknown } | Refusal | null> {
  const requestHash = createHash('sha256')
    .update(JSON.stringify([command.accountId, command.name, command.request]))
    .digest();
  const { rowCount } = await client.query(
    `insert into command (command_id, account_id, name, request_hash, given_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [command.commandId, command.accountId, command.name, requestHash, command.now.toString()],
  );
  if (rowCount === 1) return null;
  const { rows } = await client.query<{ request_hash: Buffer; reply: unknown }>(
    'select request_hash, reply from command where command_id = $1',
    [command.commandId],
  );
  const [row] = rows;
  if (row?.request_hash.equals(requestHash) === true) return { reply: row.reply };
  return refuse('idempotency-key-reused', 'This Idempotency-Key was used for something else.');
}
