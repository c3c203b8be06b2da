import { topicOf, type Leaf } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessOf, decideAccess } from '#domain/access.ts';

const region = fc.constantFrom('5402', '540235', '540235100', '540235100001', '540235100002');
const terminalId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/);
const address = fc.record({ region, terminalId });
const leaf = fc.constantFrom<Leaf>('facts', 'beat', 'ack', 'desired');
const own = { region: '540235100001', terminalId: 't-1' };
const access = accessOf(own);

describe('a terminal may touch its own address only', () => {
  test('of any two addresses, what one may do the other may not', () => {
    fc.assert(
      fc.property(address, address, leaf, (mine, other, name) => {
        fc.pre(topicOf(mine, name) !== topicOf(other, name));
        const topic = topicOf(other, name);
        const mayPublish = decideAccess(accessOf(mine), {
          kind: 'publish',
          topic,
          qos: 1,
          retain: false,
        });
        const maySubscribe = decideAccess(accessOf(mine), { kind: 'subscribe', filter: topic });
        expect([mayPublish.allowed, maySubscribe.allowed]).toEqual([false, false]);
      }),
      { seed: 5402 },
    );
  });

  test('any text that is not one of the four own topics is refused both ways', () => {
    const owned = new Set<string>(Object.values(access));
    fc.assert(
      fc.property(fc.string(), (topic) => {
        fc.pre(!owned.has(topic));
        expect(
          decideAccess(access, { kind: 'publish', topic, qos: 1, retain: false }).allowed,
        ).toBe(false);
        expect(decideAccess(access, { kind: 'subscribe', filter: topic }).allowed).toBe(false);
      }),
      { seed: 5402 },
    );
  });

  test.each([
    '#',
    '+/#',
    'sl/#',
    `${access.ack.slice(0, -3)}#`,
    `${access.ack.slice(0, -3)}+`,
    '$SYS/#',
  ])('the filter %s is refused', (filter) => {
    expect(decideAccess(access, { kind: 'subscribe', filter }).allowed).toBe(false);
  });
});

describe('each direction has its topics', () => {
  test.each([
    [access.facts, 1, true],
    [access.facts, 0, false],
    [access.facts, 2, false],
    [access.beat, 0, true],
    [access.ack, 1, false],
    [access.desired, 1, false],
    ['$SYS/broker', 0, false],
  ])('publishing on %s with QoS %i: %s', (topic, qos, allowed) => {
    expect(decideAccess(access, { kind: 'publish', topic, qos, retain: false }).allowed).toBe(
      allowed,
    );
  });

  test('nothing may be retained', () => {
    const wish = { kind: 'publish', topic: access.facts, qos: 1, retain: true } as const;
    expect(decideAccess(access, wish).allowed).toBe(false);
  });

  test.each([
    [access.ack, true],
    [access.desired, true],
    [access.facts, false],
    [access.beat, false],
  ])('subscribing to %s: %s', (filter, allowed) => {
    expect(decideAccess(access, { kind: 'subscribe', filter }).allowed).toBe(allowed);
  });
});
