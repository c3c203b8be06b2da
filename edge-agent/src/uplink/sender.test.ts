import { join } from 'node:path';
import { createPublicKey, hash, verify } from 'node:crypto';
import { emptyHead, isRefusal, sealText } from '@sightline/contracts';
import { describe, expect, it, vi } from 'vitest';
import { type Identity, openIdentity } from '#identity/identity.ts';
import { Outbox } from '#outbox/outbox.ts';
import type { OutboxSource } from '#outbox/outbox-source.ts';
import { address, noteDraft } from '#testing/draft.ts';
import { ackOf, FakeLink } from '#testing/fake-link.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { verifyChain } from '#testing/verify-chain.ts';
import { Sender, type SenderOptions } from '#uplink/sender.ts';

interface Bench extends AsyncDisposable {
  readonly link: FakeLink;
  readonly source: OutboxSource;
  readonly identity: Identity;
  readonly sender: Sender;
  readonly details: (string | null)[];
  readonly finishes: string[];
  append(count: number): Promise<void>;
}

async function openBench(chosen: Partial<SenderOptions> = {}): Promise<Bench> {
  const stack = new AsyncDisposableStack();
  const dir = stack.use(await temporaryDir());
  const identity = await openIdentity(dir.path);
  const outbox = stack.use(await Outbox.open(join(dir.path, 'outbox.sqlite')));
  const source = await outbox.createSource({ ...address, source: identity.key.source });
  const link = new FakeLink();
  const details: (string | null)[] = [];
  const finishes: string[] = [];
  const sender = stack.use(
    new Sender({
      link,
      source,
      key: identity.key,
      factsPerPacket: 32,
      ackTimeoutMs: 60_000,
      slowRetryMs: () => 60_000,
      onFinish: (reason) => finishes.push(reason),
      onDetail: (detail) => details.push(detail),
      onFault: (fault) => {
        throw fault;
      },
      ...chosen,
    }),
  );
  return {
    link,
    source,
    identity,
    sender,
    details,
    finishes,
    async append(count) {
      const kept = Array.from({ length: count }, (_, n) => source.append(noteDraft(`fact ${n}`)));
      expect((await Promise.all(kept)).some(isRefusal)).toBe(false);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function sent(bench: Bench, seqs: number): Promise<void> {
  return vi.waitFor(() => expect(bench.link.sentSeqs().flat().length).toBe(seqs), 5_000);
}

describe('sending one source over one link', () => {
  it('sends a live fact at once, sealed, and frees nothing until the centre says so', async () => {
    await using bench = await openBench();
    await bench.append(1);
    await sent(bench, 1);
    const [packet] = bench.link.packets;
    const { publicKey, source } = bench.identity.key;
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64url'),
      format: 'der',
      type: 'spki',
    });
    const { seq, hash: sealed, sig } = packet?.seal ?? { seq: 0, hash: '', sig: '' };
    expect(sealed).toBe(hash('sha256', packet?.bodies[0] ?? '', 'base64url'));
    const signed = Buffer.from(sealText(source, seq, sealed));
    const signature = Buffer.from(sig, 'base64url');
    expect(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect(bench.source.stats().waiting).toBe(1);
    bench.sender.hear(ackOf(1));
    await vi.waitFor(() => expect(bench.source.stats().waiting).toBe(0));
  });

  it('keeps at most 64 facts on the way, in order, and goes on with each ack', async () => {
    await using bench = await openBench();
    await bench.append(200);
    await sent(bench, 64);
    for (const committedTo of [20, 64, 128, 150, 200]) {
      bench.sender.hear(ackOf(committedTo));
      await sent(bench, Math.min(200, committedTo + 64));
    }
    await vi.waitFor(() => expect(bench.source.stats().waiting).toBe(0));
    const seqs = bench.link.sentSeqs();
    expect(seqs.flat()).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(Math.max(...seqs.map((packet) => packet.length))).toBeLessThanOrEqual(32);
    verifyChain(
      bench.link.packets.flatMap(({ bodies }) => bodies),
      emptyHead,
    );
  });

  it('keeps a refused fact as a dead letter and goes on behind it', async () => {
    await using bench = await openBench();
    await bench.append(3);
    const rejected = [{ seq: 2, reason: 'malformed' as const, message: 'data/text is wrong.' }];
    bench.sender.hear(ackOf(3, { rejected }));
    await vi.waitFor(() => expect(bench.source.stats().deadLetters).toBe(1));
    expect(bench.source.stats().waiting).toBe(0);
    expect(await bench.source.deadLetters()).toMatchObject([
      { seq: 2, reason: 'malformed', message: 'data/text is wrong.' },
    ]);
  });

  it('sends again from behind the last committed fact after a gap, once for all its answers', async () => {
    await using bench = await openBench({ factsPerPacket: 1 });
    await bench.append(4);
    await sent(bench, 4);
    for (let n = 0; n < 3; n += 1) bench.sender.hear(ackOf(1, { trouble: 'gap' }));
    await sent(bench, 7);
    expect(bench.link.sentSeqs().flat()).toEqual([1, 2, 3, 4, 2, 3, 4]);
  });

  it('sends again when an ack is late, and gives the link up after three', async () => {
    await using bench = await openBench({ ackTimeoutMs: 30 });
    await bench.append(2);
    await vi.waitFor(() => expect(bench.link.isEnded).toBe(true), 5_000);
    expect(new Set(bench.link.sentSeqs().flat())).toEqual(new Set([1, 2]));
    expect(bench.source.stats().waiting).toBe(2);
    expect(bench.details).toContain('The broker is connected but does not acknowledge.');
  });

  it('stops for a bad seal, says where to look, and tries again slowly', async () => {
    await using bench = await openBench({ slowRetryMs: () => 50 });
    await bench.append(1);
    await sent(bench, 1);
    bench.sender.hear(ackOf(0, { trouble: 'bad-seal' }));
    expect(bench.details.at(-1)).toMatch(/does not accept the seal/);
    await sent(bench, 2);
    bench.sender.hear(ackOf(1));
    expect(bench.details.at(-1)).toBeNull();
  });

  it('ends with a fork: nothing more is sent and nothing is deleted', async () => {
    await using bench = await openBench();
    await bench.append(2);
    await sent(bench, 2);
    bench.sender.hear(ackOf(1, { trouble: 'fork' }));
    await bench.append(1);
    expect(bench.finishes).toEqual(['fork']);
    expect(bench.link.sentSeqs().flat().length).toBe(2);
    expect(bench.source.stats().waiting).toBe(3);
  });
});
