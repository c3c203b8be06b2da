import { acceptedSequences } from '#testing/accepted-sequences.ts';
import { refusedSequences, type Sequence } from '#testing/refused-sequences.ts';
import { connackFrame, connectFrame, pongFrame, RawClient } from '#testing/wire.ts';

/** How many of a kind a broker answers as MQTT 3.1.1 says, and the names of the others. */
export interface Conformance {
  readonly passed: number;
  readonly of: number;
  readonly failed: readonly string[];
}

/** Runs every packet sequence against an open broker on a loopback port, each bounded by `withinMs`. */
export async function checkConformance(port: number, withinMs: number): Promise<Conformance> {
  const failed: string[] = [];
  for (const one of refusedSequences) {
    if (!(await holds(port, one, (client) => isRefused(client, withinMs)))) failed.push(one.name);
  }
  for (const one of acceptedSequences) {
    const answer = one.answer ?? pongFrame;
    const isAnswered = async (client: RawClient) =>
      (await client.take(answer.length, withinMs)).equals(answer);
    if (!(await holds(port, one, isAnswered))) failed.push(one.name);
  }
  const of = refusedSequences.length + acceptedSequences.length;
  return { passed: of - failed.length, of, failed };
}

async function isRefused(client: RawClient, withinMs: number): Promise<boolean> {
  await client.until(() => client.isClosed, withinMs);
  return true;
}

async function holds(
  port: number,
  one: Sequence,
  check: (client: RawClient) => Promise<boolean>,
): Promise<boolean> {
  await using client = new RawClient(port);
  try {
    if (one.connected === true) {
      client.send(connectFrame({ clientId: '' }));
      if (!(await client.take(4)).equals(connackFrame)) return false;
    }
    client.send(...one.send);
    return await check(client);
  } catch {
    return false; // Not in time: the broker did not do what the standard says.
  }
}
