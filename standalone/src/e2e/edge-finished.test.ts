import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { revokeTerminal } from '@sightline/store';
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

describe('a source that may make no more facts', { timeout: 90_000 }, () => {
  let fixture: EdgeFixture;
  beforeAll(async () => {
    fixture = await openEdgeFixture();
  });
  afterAll(() => fixture[Symbol.asyncDispose]());

  it('is finished when its outbox is lost, and a new code begins a new source', async () => {
    const before = await enrolAndNote('lost');
    rmSync(join(fixture.dir, 'lost', 'outbox.sqlite'));
    await using edge = await openTerminal(fixture, 'lost');
    const { terminal } = edge;
    expect(terminal.state()).toMatchObject({ enrolment: 'finished', finished: 'outbox-lost' });
    expect(await note(terminal, 'refused')).toMatchObject({ code: 'terminal-finished' });
    expect(await terminal.enrol('WRONG-CODE-0')).toMatchObject({ code: 'unknown-code' });
    expect(terminal.state().enrolment).toBe('finished');
    expect(await terminal.enrol(await fixture.code('lost'))).toBeNull();
    await note(terminal, 'again');
    await drained(terminal);
    expect(terminal.state().source).not.toBe(before);
    const facts = verifiedFacts(await readLogOf(fixture.store, terminal.state().source));
    expect(textsOf(facts)).toEqual(['again']);
  });

  it('is finished when its outbox is an old copy: no fact is ever replaced', async () => {
    const file = join(fixture.dir, 'copied', 'outbox.sqlite');
    await enrolAndNote('copied', 'one');
    cpSync(file, `${file}.copy`);
    {
      await using edge = await openTerminal(fixture, 'copied');
      await note(edge.terminal, 'two');
      await drained(edge.terminal);
    }
    for (const suffix of ['', '-wal']) rmSync(`${file}${suffix}`, { force: true });
    cpSync(`${file}.copy`, file);
    await using edge = await openTerminal(fixture, 'copied');
    const { source } = edge.terminal.state();
    await note(edge.terminal, 'another two');
    await until('it is finished', () => edge.terminal.state().enrolment === 'finished');
    expect(['fork', 'outbox-behind']).toContain(edge.terminal.state().finished);
    expect(edge.terminal.state().outbox.waiting).toBeGreaterThan(0);
    expect(textsOf(verifiedFacts(await readLogOf(fixture.store, source)))).toEqual(['one', 'two']);
  });

  it('shows that it was revoked, keeps its facts, and a new code mends it', async () => {
    await enrolAndNote('revoked');
    await using edge = await openTerminal(fixture, 'revoked');
    const { terminal } = edge;
    await until('it is linked', () => terminal.state().link.state === 'up');
    const now = Temporal.Now.instant().toString();
    await revokeTerminal(fixture.store, { terminalId: 'revoked', now, actor: 'system:test' });
    await until('it shows that it was revoked', () => terminal.state().finished === 'revoked');
    expect(terminal.state().link.detail).toMatch(/enrol the terminal again/);
    expect(await terminal.enrol(await fixture.code('revoked'))).toBeNull();
    await drained(terminal);
    expect(terminal.state()).toMatchObject({ enrolment: 'enrolled', finished: null });
  });

  /** Enrols in a folder of that name, delivers a note, stops; returns the source. */
  async function enrolAndNote(name: string, text = 'first'): Promise<string> {
    const enrolCode = await fixture.code(name);
    await using edge = await openTerminal(fixture, name, { enrolCode });
    await until('it is enrolled', () => edge.terminal.state().enrolment === 'enrolled');
    await note(edge.terminal, text);
    await drained(edge.terminal);
    return edge.terminal.state().source;
  }
});
