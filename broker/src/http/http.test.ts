import { createTerminals, issueEnrolmentCode } from '@sightline/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Device } from '#testing/device.ts';
import { openTestBroker, type TestBroker } from '#testing/open-test-broker.ts';

let broker: TestBroker;

beforeAll(async () => {
  broker = await openTestBroker({ devices: 0 });
});
afterAll(() => broker[Symbol.asyncDispose]());

async function newCode(terminalId: string): Promise<string> {
  const terminal = { terminalId, region: '540235100001', simulated: false };
  await createTerminals(broker.store, [terminal]);
  return issueEnrolmentCode(broker.store.pool, terminalId, new Date().toISOString());
}

describe('enrolment', () => {
  test('a code makes one device a source of its terminal, and no second one', async () => {
    const code = await newCode('e-1');
    const device = new Device('e-1', '540235100001');
    const { source, region } = device;
    expect(await device.enrol(broker.httpPort, code)).toEqual({
      terminalId: 'e-1',
      region,
      source,
      simulated: false,
    });
    const second = await new Device('e-1', region).askToEnrol(broker.httpPort, code);
    expect(second.status).toBe(409);
    expect(second.headers.get('content-type')).toContain('application/problem+json');
    expect(await second.json()).toMatchObject({ code: 'used-code', status: 409 });
  });

  test('a device that does not hold the key it shows uses up no code', async () => {
    const code = await newCode('e-2');
    const device = new Device('e-2', '540235100001');
    const thief = new Device('e-2', '540235100001');
    const stolen = Object.assign(Object.create(thief) as Device, { publicKey: device.publicKey });
    const reply = await stolen.askToEnrol(broker.httpPort, code);
    expect(await reply.json()).toMatchObject({ code: 'bad-proof' });
    expect((await device.enrol(broker.httpPort, code)).terminalId).toBe('e-2');
  });

  test('guessing codes is stopped after ten in a minute', async () => {
    const device = new Device('e-3', '540235100001');
    const answers = [];
    for (let guess = 0; guess < 14; guess += 1) {
      answers.push((await device.askToEnrol(broker.httpPort, `WRONG-CODE-${guess}`)).status);
    }
    expect(answers.filter((status) => status === 409).length).toBeLessThanOrEqual(10);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('nonce and health', () => {
  test('a nonce is 128 random bits for a minute', async () => {
    const device = new Device('n-1', '540235100001');
    const [nonce = ''] = (await device.token(broker.httpPort)).split('.');
    expect(Buffer.from(nonce, 'base64url')).toHaveLength(16);
  });

  test.each([{}, { source: 'short' }, { source: 1 }])('%j gets no nonce', async (body) => {
    const reply = await fetch(`http://127.0.0.1:${broker.httpPort}/nonce`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(400);
  });

  test('health names each part and since when it is so', async () => {
    const reply = await fetch(`http://127.0.0.1:${broker.httpPort}/healthz`);
    const { parts } = (await reply.json()) as { parts: { name: string; state: string }[] };
    expect(reply.status).toBe(200);
    expect(parts.map(({ name, state }) => [name, state])).toEqual([
      ['mqtt', 'up'],
      ['database', 'up'],
      ['log-writer', 'up'],
    ]);
  });
});
