import { isRefusal } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  drained,
  type EdgeFixture,
  note,
  openEdgeFixture,
  openTerminal,
  readLogOf,
  textsOf,
  until,
  verifiedFacts,
} from './edge-fixture.ts';

describe('a terminal and the real broker', { timeout: 90_000 }, () => {
  let fixture: EdgeFixture;
  beforeAll(async () => {
    fixture = await openEdgeFixture();
  });
  afterAll(() => fixture[Symbol.asyncDispose]());

  it('enrols by its code, delivers what it keeps, and is told its desired state', async () => {
    const enrolCode = await fixture.code('t-1');
    await using edge = await openTerminal(fixture, 'one', { enrolCode });
    const { terminal } = edge;
    await until('it is linked', () => terminal.state().link.state === 'up');
    expect(terminal.state()).toMatchObject({ terminalId: 't-1', enrolment: 'enrolled' });

    expect(isRefusal(await note(terminal, 'first'))).toBe(false);
    await drained(terminal);
    await until('it knows its desired state', () => terminal.desired()?.version === 1);
    await until('its anchor is delivered', () => {
      const { seq, waiting } = terminal.state().outbox;
      return seq === 3 && waiting === 0;
    });
    const facts = verifiedFacts(await readLogOf(fixture.store, terminal.state().source));
    expect(facts.map(({ type }) => type).toSorted()).toEqual([
      'clock.anchored',
      'telemetry.noted',
      'terminal.started',
    ]);
  });

  it('works offline after a restart: roster and facts are kept, and delivered later', async () => {
    const enrolCode = await fixture.code('t-2');
    {
      await using edge = await openTerminal(fixture, 'two', { enrolCode });
      await until('it knows its desired state', () => edge.terminal.desired() !== null);
    }
    await fixture.stopBroker();
    await using edge = await openTerminal(fixture, 'two');
    expect(edge.terminal.desired()?.version).toBe(1);
    await note(edge.terminal, 'made offline');
    await until('the link says why it is down', () =>
      /does not answer/.test(edge.terminal.state().link.detail ?? ''),
    );
    expect(edge.terminal.state()).toMatchObject({ link: { state: 'down' }, desiredVersion: 1 });
    expect(edge.terminal.state().outbox.waiting).toBeGreaterThan(0);
    await fixture.startBroker();
    await drained(edge.terminal);
    const facts = verifiedFacts(await readLogOf(fixture.store, edge.terminal.state().source));
    expect(textsOf(facts)).toEqual(['made offline']);
  });

  it('keeps a refused fact as a dead letter and delivers those before and behind it', async () => {
    const enrolCode = await fixture.code('t-3');
    await using edge = await openTerminal(fixture, 'three', { enrolCode });
    const { terminal } = edge;
    await until('it is enrolled', () => terminal.state().enrolment === 'enrolled');
    terminal.goDark();
    await note(terminal, 'before');
    await terminal.record({
      stream: 'telemetry/540235100099/another-village',
      type: 'telemetry.noted',
      actor: 'terminal:t-3',
      data: { text: 'not mine' },
    });
    await note(terminal, 'behind');
    terminal.comeBack();
    await drained(terminal);
    expect(await terminal.deadLetters()).toMatchObject([{ reason: 'not-yours' }]);
    const rows = await readLogOf(fixture.store, terminal.state().source);
    const bodies = rows.map(({ body }) => body).join();
    expect([bodies.includes('before'), bodies.includes('behind')]).toEqual([true, true]);
    expect(bodies.includes('not mine')).toBe(false);
  });

  it('is told that its code is wrong, and takes the right one', async () => {
    await using edge = await openTerminal(fixture, 'four', { enrolCode: 'WRONG-CODE-0' });
    const { terminal } = edge;
    await until('the refusal is shown', () => /not known/.test(terminal.state().link.detail ?? ''));
    expect(await note(terminal, 'too early')).toMatchObject({ code: 'not-enrolled' });
    expect(await terminal.enrol(await fixture.code('t-4'))).toBeNull();
    expect(await terminal.enrol('AAAA-BBBB-CCCC')).toMatchObject({ code: 'already-enrolled' });
    await drained(terminal);
  });
});
