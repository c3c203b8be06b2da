import { hash } from 'node:crypto';
import { emptyHead, follow, isRefusal, parseFact } from '@sightline/contracts';
import type { Terminal } from '@sightline/edge-agent';
import { describe, expect, it } from 'vitest';
import { openEdgeFixture, openTerminal, readLogOf, until, village } from './edge-fixture.ts';

function note(terminal: Terminal, text: string): Promise<unknown> {
  return terminal.record({
    stream: `telemetry/${village}/test`,
    type: 'telemetry.noted',
    actor: `terminal:${terminal.state().terminalId}`,
    data: { text },
  });
}

describe('a terminal and the real broker', () => {
  it('enrols by its code, delivers what it keeps, and is told its desired state', async () => {
    await using fixture = await openEdgeFixture();
    await using edge = await openTerminal(fixture, 'one', { enrolCode: await fixture.code('t-1') });
    const { terminal } = edge;
    await until('enrolled and linked', () => terminal.state().link.state === 'up');
    expect(terminal.state()).toMatchObject({ terminalId: 't-1', enrolment: 'enrolled' });

    const fact = await note(terminal, 'first');
    expect(isRefusal(fact)).toBe(false);
    await until('the outbox is empty', () => terminal.state().outbox.waiting === 0);
    await until('desired', () => terminal.desired()?.version === 1);
    await until('clock anchored and all sent', () => {
      const { clockCertain, outbox } = terminal.state();
      return clockCertain && outbox.seq >= 3 && outbox.waiting === 0;
    });

    const rows = await readLogOf(fixture.store, terminal.state().source);
    const facts = rows.map(({ body }) => parseFact(body));
    expect(facts.map((each) => ('problem' in each ? each.problem : each.type)).toSorted()).toEqual([
      'clock.anchored',
      'telemetry.noted',
      'terminal.started',
    ]);
    let head = emptyHead;
    for (const { body, hash: stored } of rows) {
      const read = parseFact(body);
      expect(hash('sha256', body, 'base64url')).toBe(stored);
      const next = 'problem' in read ? null : follow(head, read, stored);
      expect(next).not.toBeNull();
      head = next ?? head;
    }
  });
});
