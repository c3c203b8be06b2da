import {
  appealReasons,
  isOpenCase,
  isRefusal,
  proposedVerdicts,
  type DutyVerdict,
} from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  correctedBy,
  decideCorrection,
  evolveCorrections,
  type Correction,
  type CorrectionCommand,
  type CorrectionFact,
} from './decide-correction.ts';
import { nobody, type Self } from './own-matter.ts';

const personId = '00000000-0000-4000-8000-000000000001';
const duty = { post: 'watch', day: '2026-11-23', span: 'full' } as const;
const elsewhere = '00000000-0000-4000-8000-000000000002';
const accounts = ['account:1', 'account:2', 'account:3', 'account:own', 'account:2b'];
/** One account is the very person of the duty; two belong, or belonged, to one person of another village. */
const people: Readonly<Record<string, string>> = {
  'account:own': personId,
  'account:2': elsewhere,
  'account:2b': elsewhere,
};

function selfOf(actor: string): Self {
  const own = people[actor];
  if (own === undefined) return nobody;
  const others = accounts.filter((each) => each !== actor && people[each] === own);
  return { people: [own], actors: [`person:${own}`, ...others] };
}

interface World {
  readonly verdict: DutyVerdict | null;
  readonly cases: readonly Correction[];
  readonly facts: readonly { readonly fact: CorrectionFact; readonly actor: string }[];
}

const start: World = { verdict: 'absent', cases: [], facts: [] };

function groundOf({ verdict, cases }: World, actor: string) {
  const finding = verdict === null ? null : { personId, verdict, corrected: correctedBy(cases) };
  return { actor, self: selfOf(actor), duty, finding, cases };
}

function keep(world: World, fact: CorrectionFact, actor: string): World {
  const cases = evolveCorrections(world.cases, fact, actor);
  return { ...world, cases, facts: [...world.facts, { fact, actor }] };
}

function act(world: World, command: CorrectionCommand, actor: string): World {
  const fact = decideCorrection(command, groundOf(world, actor));
  return isRefusal(fact) ? world : keep(world, fact, actor);
}

/** What a terminal said stands, whatever the centre thinks of it. */
const atTerminal = (appealId: string): CorrectionFact => ({
  type: 'duty.appealed',
  data: { appealId, terminalId: 't-1', personId, ...duty, reason: 'not-recognised' },
});

const correctionId = fc.constantFrom('a', 'a', 'b', 'c');
const reason = fc.constantFrom(...appealReasons);
const step = fc.oneof(
  fc.record({
    actor: fc.constantFrom(...accounts),
    command: fc.oneof(
      fc.record({ kind: fc.constant('appeal' as const), correctionId, reason }),
      fc.record({
        kind: fc.constant('propose' as const),
        correctionId,
        verdict: fc.constantFrom(...proposedVerdicts),
        reason,
      }),
      fc.record({
        kind: fc.constant('decide' as const),
        correctionId,
        decision: fc.constantFrom('approved' as const, 'refused' as const),
      }),
    ),
  }),
  fc.record({ terminal: correctionId }),
  fc.record({
    judged: fc.constantFrom<(DutyVerdict | null)[]>(
      'absent',
      'absent',
      'late',
      'unknown',
      'not-yet',
      null,
    ),
  }),
);

test('nothing is corrected by one person alone; what ended stays; one case of a duty is open', () => {
  const ended = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) => {
      let world = start;
      for (const each of steps) {
        const before = world;
        if ('terminal' in each)
          world = keep(before, atTerminal(each.terminal), `person:${personId}`);
        else if ('judged' in each) world = { ...before, verdict: each.judged };
        else world = act(before, each.command, each.actor);
        for (const was of before.cases) {
          const is = world.cases.find((one) => one.correctionId === was.correctionId);
          if (is === undefined) throw new Error('A case is gone.');
          if (!isOpenCase(was.state)) expect(is).toEqual(was);
        }
        if (world.cases.filter(({ state }) => isOpenCase(state)).length > 1) {
          throw new Error('Two cases of one duty are open.');
        }
      }
      for (const { correctionId: id, state } of world.cases) {
        ended.set(state, (ended.get(state) ?? 0) + 1);
        if (state !== 'approved' && state !== 'refused') continue;
        const said = (type: CorrectionFact['type']) =>
          world.facts.filter(
            ({ fact }) =>
              fact.type === type &&
              (fact.type === 'duty.appealed' ? fact.data.appealId : fact.data.correctionId) === id,
          );
        const [[asked, askedAgain], [decided, decidedAgain]] = [
          said('correction.asked'),
          said('correction.decided'),
        ];
        if (asked === undefined || decided === undefined) throw new Error('One word is missing.');
        expect([askedAgain, decidedAgain]).toEqual([undefined, undefined]);
        expect(decided.actor).not.toBe(asked.actor);
        // Nor the person of the duty, nor the same person under another account.
        expect(decided.actor).not.toBe('account:own');
        const before = [asked, ...said('duty.appealed')].map(({ actor }) => people[actor] ?? actor);
        expect(before).not.toContain(people[decided.actor] ?? decided.actor);
        expect(said('duty.appealed').map(({ actor }) => actor)).not.toContain(decided.actor);
      }
    }),
    { numRuns: 10_000, seed: 5402 },
  );
  for (const state of ['approved', 'refused', 'joined', 'proposed', 'appealed']) {
    expect(ended.get(state) ?? 0, state).toBeGreaterThan(100);
  }
});

const appeal = (id: string) =>
  ({ kind: 'appeal', correctionId: id, reason: 'terminal-broken' }) as const;
const propose = (id: string, verdict: (typeof proposedVerdicts)[number]) =>
  ({ kind: 'propose', correctionId: id, verdict, reason: 'terminal-broken' }) as const;
const approve = (id: string) =>
  ({ kind: 'decide', correctionId: id, decision: 'approved' }) as const;
const refusalOf = (world: World, command: CorrectionCommand, actor: string) => {
  const fact = decideCorrection(command, groundOf(world, actor));
  return isRefusal(fact) ? fact.code : null;
};
const [one, two] = ['account:1', 'account:2'];

test('neither who proposed nor who noted the appeal approves it; a third account does', () => {
  const noted = act(start, appeal('a'), one);
  const proposed = act(noted, propose('a', 'on-time'), two);
  expect(refusalOf(proposed, approve('a'), one)).toBe('own-appeal');
  expect(refusalOf(proposed, approve('a'), two)).toBe('own-proposal');
  expect(correctedBy(act(proposed, approve('a'), 'account:3').cases)).toBe('on-time');
});

test('the person of the duty decides it under no account, also after appealing at the kiosk; an officer does', () => {
  const asked = act(
    keep(start, atTerminal('a'), `person:${personId}`),
    propose('a', 'on-time'),
    one,
  );
  expect(refusalOf(asked, approve('a'), 'account:own')).toBe('own-matter');
  const twice = act(start, propose('b', 'on-time'), two);
  expect(refusalOf(twice, approve('b'), 'account:2b')).toBe('own-matter');
  expect(refusalOf(asked, approve('a'), two)).toBeNull();
});

test('a corrected duty is corrected again by a new case on top, and the one before stays beside it', () => {
  const first = act(act(start, propose('a', 'on-time'), one), approve('a'), two);
  expect(refusalOf(first, propose('a', 'late'), one)).toBe('already-decided');
  expect(refusalOf(first, propose('b', 'on-time'), one)).toBe('same-verdict');
  const second = act(act(first, propose('b', 'late'), two), approve('b'), one);
  expect(second.cases.map(({ proposed, state }) => [proposed, state])).toEqual([
    ['on-time', 'approved'],
    ['late', 'approved'],
  ]);
  expect(correctedBy(second.cases)).toBe('late');
});

test('an appeal is answered by two people also where nothing changes', () => {
  expect(refusalOf(start, propose('a', 'stands'), one)).toBe('nothing-appealed');
  const noted = act(start, appeal('a'), one);
  const proposed = act(noted, propose('a', 'stands'), one);
  const answered = act(proposed, approve('a'), two);
  expect(answered.cases[0]?.state).toBe('approved');
  expect(correctedBy(answered.cases)).toBeNull();
});

test('what the ledger does not know, or has not judged, waits', () => {
  const unheard = keep({ ...start, verdict: null }, atTerminal('a'), `person:${personId}`);
  expect(refusalOf(unheard, propose('a', 'on-time'), one)).toBe('no-record');
  expect(refusalOf({ ...unheard, verdict: 'not-yet' }, propose('a', 'on-time'), one)).toBe(
    'not-settled',
  );
  expect(refusalOf({ ...unheard, verdict: 'absent' }, propose('a', 'on-time'), one)).toBeNull();
});
