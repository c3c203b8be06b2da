import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { openFloods, type FloodDeps } from './shed-floods.ts';

function open(given: Partial<FloodDeps> = {}) {
  const clock = { ms: 0 };
  const deps = { isSignInFull: () => false, hasProxy: false, nowMs: () => clock.ms, ...given };
  const floods = openFloods(deps);
  // Of a request and a reply, what is looked at.
  const from = (remoteAddress: string, method = 'GET', url = '/api/me') =>
    ({ method, url, socket: { remoteAddress } }) as unknown as IncomingMessage;
  const said: number[] = [];
  const response = {
    writeHead: (status: number) => (said.push(status), response),
    end: () => undefined,
  } as unknown as ServerResponse;
  return {
    clock,
    said,
    sheds: (...args: Parameters<typeof from>) => floods.shed(from(...args), response),
    refuse: (address: string, times: number) => {
      for (let index = 0; index < times; index += 1) floods.noteRefused(from(address));
    },
  };
}

test('an address refused again and again is shed for the rest of the minute, and no other', () => {
  const on = open();
  on.refuse('10.0.0.1', limits.refusalsPerAddress - 1);
  expect(on.sheds('10.0.0.1')).toBe(false);
  on.refuse('10.0.0.1', 1);
  expect([on.sheds('10.0.0.1'), on.sheds('10.0.0.2')]).toEqual([true, false]);
  expect(on.said).toEqual([429]);
  on.clock.ms = limits.refusalsWindowMs;
  expect(on.sheds('10.0.0.1')).toBe(false);
});

test('addresses of one IPv6 network are one', () => {
  const on = open();
  for (let index = 0; index < limits.refusalsPerAddress; index += 1) {
    on.refuse(`2001:db8::${index.toString(16)}`, 1);
  }
  expect([on.sheds('2001:db8::ffff'), on.sheds('2001:db8:0:1::1')]).toEqual([true, false]);
});

test('while sign-ins find no turn they are shed, and nothing else is', () => {
  const on = open({ isSignInFull: () => true });
  expect(on.sheds('10.0.0.1', 'POST', '/api/session')).toBe(true);
  expect(on.sheds('10.0.0.1', 'DELETE', '/api/session')).toBe(false);
  expect(on.sheds('10.0.0.1', 'POST', '/api/session/link')).toBe(false);
});

test('a proxy on this machine is never shed for one of those behind it', () => {
  const on = open({ hasProxy: true });
  on.refuse('127.0.0.1', 10 * limits.refusalsPerAddress);
  expect(on.sheds('127.0.0.1')).toBe(false);
  on.refuse('10.0.0.1', limits.refusalsPerAddress);
  expect(on.sheds('10.0.0.1')).toBe(true);
});

test('the memory of who was refused has an end', () => {
  const on = open();
  for (let index = 0; index < limits.refusedAddresses; index += 1) on.refuse(`a${index}`, 1);
  on.refuse('10.0.0.1', limits.refusalsPerAddress);
  expect(on.sheds('10.0.0.1')).toBe(false);
});
