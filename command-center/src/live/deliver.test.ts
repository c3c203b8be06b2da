import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  catchUp,
  createAccount,
  inTransaction,
  liveProjections,
  setContactPoint,
} from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channels } from '#notify/channel.ts';
import { noNotify } from '#notify/notify-config.ts';
import { openChannels } from '#notify/open-channels.ts';
import { seedWatch, type SeededVillage } from '#testing/seed-watch.ts';
import { deliverDue } from './deliver.ts';
import { climbDue } from './ladder.ts';

const secret = 'a secret of the webhook';
const at = (text: string) => Temporal.Instant.from(`2026-11-27T${text}:00+08:00`);
const noSignal = new AbortController().signal;

/** What arrived, and what the next ones are answered. */
interface Outside {
  readonly mails: string[];
  readonly posts: { readonly body: string; readonly signature: string }[];
  smtpSays: { readonly code: number; readonly message: string } | null;
  httpSays: number;
}

describe('messages on their way out', () => {
  const outside: Outside = { mails: [], posts: [], smtpSays: null, httpSays: 204 };
  const stack = new AsyncDisposableStack();
  let store: TestStore;
  let channels: Channels;
  let village: SeededVillage;
  const deps = (given: Channels = channels) => ({
    store,
    channels: given,
    openAddress: (sealed: Buffer) => sealed.toString(),
    consoleUrl: 'https://console.example/',
  });
  const climbAt = async (text: string) => {
    await catchUp(store, liveProjections);
    return climbDue({ store, now: () => at(text), channels: [...channels.keys()] });
  };
  const deliverAt = (text: string, given?: Channels) =>
    deliverDue({ ...deps(given), now: () => at(text), onError: () => undefined }, noSignal);
  const states = async () => {
    const { rows } = await store.pool.query<{ line: string }>(
      `select concat_ws(' ', channel, rung, state, attempts, detail) as line from notification
       where channel <> 'console' order by made_at, channel, recipient`,
    );
    return rows.map(({ line }) => line);
  };
  beforeAll(async () => {
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (outside.smtpSays !== null) {
            const { code, message } = outside.smtpSays;
            done(Object.assign(new Error(message), { responseCode: code }));
            return;
          }
          outside.mails.push(Buffer.concat(chunks).toString());
          done();
        });
      },
    });
    smtp.listen(0, '127.0.0.1');
    stack.defer(() => new Promise<void>((done) => smtp.close(() => done())));
    const hook = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = String(request.headers['sightline-signature']);
        outside.posts.push({ body: Buffer.concat(chunks).toString(), signature });
        response.writeHead(outside.httpSays).end();
      });
    }).listen(0, '127.0.0.1');
    stack.defer(async () => {
      hook.closeAllConnections();
      hook.close();
      await once(hook, 'close');
    });
    await Promise.all([once(smtp.server, 'listening'), once(hook, 'listening')]);
    const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port; // TCP servers.
    channels = openChannels({
      ...noNotify,
      smtp: { url: `smtp://127.0.0.1:${portOf(smtp.server)}`, from: 'watch@example.org' },
      webhook: { url: `http://127.0.0.1:${portOf(hook)}/`, secret },
    });
    store = stack.use(await openTestStore());
    const now = at('00:00');
    const [seeded] = await seedWatch(store, {
      regions: ['540235100201'],
      from: '2026-11-27',
      days: 1,
      now,
    });
    if (seeded === undefined) throw new Error('No village was seeded.');
    village = seeded;
    await createAccount(store.pool, { roles: ['dispatcher'], region: '540235100', now });
    await inTransaction(store, (client) =>
      setContactPoint(client, {
        recipient: `person:${village.holder}`,
        channel: 'email',
        cipher: Buffer.from('holder@example.org'),
        masked: 'h***@example.org',
      }),
    );
  });
  afterAll(() => stack.disposeAsync());

  test('reach a mailbox and a webhook with the village, the duty and no name; the webhook can check who sent them', async () => {
    expect(await climbAt('08:15')).toBe(1);
    expect(await deliverAt('08:15')).toBe(2);
    expect(await states()).toEqual(['email remind sent 1', 'webhook remind sent 1 HTTP 204']);
    const [mail = ''] = outside.mails;
    expect(mail).toMatch(/^To: holder@example.org/m);
    expect(mail).toMatch(/^Message-ID: <[0-9a-f-]{36}@sightline>/m);
    expect(mail).not.toContain('扎西');
    const [post] = outside.posts;
    const expected = createHmac('sha256', secret)
      .update(post?.body ?? '')
      .digest('base64url');
    expect(post?.signature).toBe(expected);
    expect(JSON.parse(post?.body ?? '')).toMatchObject({
      rung: 'remind',
      regions: ['540235100201'],
    });
  });

  test('are tried again later with the same id when the other side is not well, and given up when it says never', async () => {
    outside.httpSays = 503;
    expect(await climbAt('08:30')).toBe(1);
    await deliverAt('08:30');
    expect((await states()).slice(2)).toEqual([
      'sms fallback unreachable 0 no-contact-point',
      'webhook fallback waiting 1 HTTP 503',
    ]);
    // Not before its time.
    expect(await deliverAt('08:30')).toBe(0);
    outside.httpSays = 200;
    expect(await deliverAt('08:31')).toBe(1);
    const ids = outside.posts
      .slice(-2)
      .map(({ body }) => (JSON.parse(body) as { notificationId: string }).notificationId);
    expect(ids[0]).toBe(ids[1]);
    outside.httpSays = 410;
    expect(await climbAt('08:46')).toBe(1);
    await deliverAt('08:46');
    expect((await states()).at(-1)).toBe('webhook township failed 1 HTTP 410');
  });

  test('of a process that fell while sending are sent by the next one when its time is over', async () => {
    outside.httpSays = 200;
    expect(await climbAt('10:01')).toBe(1);
    const fallen = new AbortController();
    const never: Channels = new Map([
      [
        'webhook',
        { send: async () => (fallen.abort(), { isSent: false, again: true, detail: 'cut' }) },
      ],
    ]);
    await deliverDue(
      { ...deps(never), now: () => at('10:01'), onError: () => undefined },
      fallen.signal,
    );
    expect((await states()).at(-1)).toBe('webhook county waiting 1');
    expect(await deliverAt('10:02')).toBe(0);
    expect(await deliverAt('10:04')).toBe(1);
    expect((await states()).at(-1)).toBe('webhook county sent 2 HTTP 200');
  });

  test('say by a mail server’s own code why a mailbox was not reached', async () => {
    const [email] = [...channels].flatMap(([way, channel]) => (way === 'email' ? [channel] : []));
    const message = {
      notificationId: randomUUID(),
      at: '2026-11-27T00:00:00.000Z',
      rung: 'remind',
      cause: 'absent',
      regions: [],
      text: 'x',
      subject: 'x',
      to: 'holder@example.org',
    } as const;
    outside.smtpSays = { code: 550, message: 'no such mailbox' };
    expect(await email?.send({ ...message, regions: [] }, noSignal)).toEqual({
      isSent: false,
      again: false,
      detail: 'SMTP 550',
    });
    outside.smtpSays = { code: 451, message: 'later' };
    expect(await email?.send({ ...message, regions: [] }, noSignal)).toMatchObject({ again: true });
  });
});
