import { type DeviceClock } from '@sightline/edge-agent';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#demo/random.ts';
import { openCuttingProxy } from './edge-cutting-proxy.ts';
import {
  drained,
  note,
  openEdgeFixture,
  openTerminal,
  readLogOf,
  textsOf,
  until,
  verifiedFacts,
} from './edge-fixture.ts';

describe('draining', () => {
  it('loses, doubles and reorders nothing over a link that is cut again and again', async () => {
    const facts = 5_000;
    await using fixture = await openEdgeFixture();
    const { port } = new URL(fixture.urls().brokerMqttUrl);
    await using proxy = await openCuttingProxy(Number(port), seededRandom(20261123));
    const config = { brokerMqttUrl: `mqtt://127.0.0.1:${proxy.port}` };
    const enrolCode = await fixture.code('cut');
    await using edge = await openTerminal(fixture, 'cut', { ...config, enrolCode });
    const { terminal } = edge;
    await until('it is enrolled', () => terminal.state().enrolment === 'enrolled');
    for (let made = 0; made < facts; made += 50) {
      const texts = Array.from({ length: 50 }, (_, n) => `${made + n}`);
      await Promise.all(texts.map((text) => note(terminal, text)));
    }
    await drained(terminal, 90_000);
    const rows = await readLogOf(fixture.store, terminal.state().source);
    expect(textsOf(verifiedFacts(rows))).toEqual(Array.from({ length: facts }, (_, n) => `${n}`));
    expect(proxy.cuts()).toBeGreaterThan(20);
    process.stdout.write(`${facts} facts over ${proxy.cuts()} cuts\n`);
  }, 150_000);

  it('delivers 30 days offline at 10 an hour, through restarts of agent and broker', async () => {
    const facts = 30 * 24 * 10;
    await using fixture = await openEdgeFixture();
    const device = virtualDevice('2026-10-01T00:00:00.000Z');
    const enrolCode = await fixture.code('month');
    {
      await using edge = await openTerminal(fixture, 'month', { enrolCode, device });
      await until('it is enrolled', () => edge.terminal.state().enrolment === 'enrolled');
      await drained(edge.terminal);
      edge.terminal.goDark();
      for (let made = 0; made < facts; made += 1) {
        device.pass(6 * 60_000);
        const kept = note(edge.terminal, `${made}`);
        if (made % 100 === 99) await kept;
      }
      await until('all is kept', () => edge.terminal.state().outbox.waiting >= facts);
      edge.terminal.comeBack();
      await until(
        'some of it is delivered',
        () => edge.terminal.state().outbox.waiting < facts - 500,
      );
    }
    await fixture.stopBroker();
    await using edge = await openTerminal(fixture, 'month', { device });
    const { source, outbox } = edge.terminal.state();
    expect(outbox.waiting).toBeGreaterThan(0);
    await fixture.startBroker();
    await drained(edge.terminal, 90_000);
    const log = verifiedFacts(await readLogOf(fixture.store, source));
    expect(textsOf(log)).toEqual(Array.from({ length: facts }, (_, n) => `${n}`));
    const times = log.filter(({ type }) => type === 'telemetry.noted').map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(new Set(times).size).toBe(facts);
    expect(log.filter(({ type }) => type === 'clock.anchored').length).toBe(1);
  }, 150_000);
});

/** A machine whose time passes only when told; one boot for as long as it exists. */
function virtualDevice(startedAt: string): DeviceClock & { pass(ms: number): void } {
  const bootedAtMs = Temporal.Instant.from(startedAt).epochMilliseconds;
  let uptimeMs = 60_000;
  return {
    bootId: crypto.randomUUID(),
    uptimeMs: () => uptimeMs,
    wallMs: () => bootedAtMs + uptimeMs,
    pass(ms) {
      uptimeMs += ms;
    },
  };
}
