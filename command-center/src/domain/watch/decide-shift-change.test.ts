import {
  isOpenChange,
  isRefusal,
  sidesOf,
  type DutyPlace,
  type RosterSlot,
  type ShiftChangeAsk,
} from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyShiftChange, type ShiftChangeFact } from './apply-shift-change.ts';
import {
  decideShiftChange,
  evolveShiftChange,
  type ShiftChange,
  type ShiftChangeAnswer,
  type ShiftChangeCommand,
} from './decide-shift-change.ts';
import { nobody, type Self } from './own-matter.ts';

/** `account:a` is the person a, `account:1b` the same person as the account 1. */
function selfOf(actor: string): Self {
  if (actor === 'account:a') return { people: ['a'], actors: ['person:a'] };
  if (actor === 'account:1') return { people: ['x'], actors: ['person:x', 'account:1b'] };
  if (actor === 'account:1b') return { people: ['x'], actors: ['person:x', 'account:1'] };
  return nobody;
}

const changeId = '00000000-0000-4000-8000-000000000000';
const people = ['a', 'b', 'c'];
const days = ['2026-11-23', '2026-11-24'];
/** Noon of the first day: its day shift runs. */
const noon = Temporal.Instant.from('2026-11-23T04:00:00Z');
const slotOf = (post: 'lead' | 'watch', shift: string, personId: string): RosterSlot => ({
  post,
  shift,
  personId,
  fallbackId: 'c',
});
const roster: readonly RosterSlot[] = [
  slotOf('watch', '2026-11-23/day', 'a'),
  slotOf('watch', '2026-11-23/night', 'a'),
  slotOf('watch', '2026-11-24/day', 'b'),
  slotOf('watch', '2026-11-24/night', 'a'),
  slotOf('lead', '2026-11-24/night', 'b'),
  slotOf('lead', '2026-11-24/day', 'c'),
];

const person = fc.constantFrom(...people);
const duty: fc.Arbitrary<DutyPlace> = fc.record({
  post: fc.constantFrom('lead', 'watch'),
  day: fc.constantFrom(...days),
  span: fc.constantFrom('day', 'night', 'full'),
});
const asked = { changeId: fc.constant(changeId), personId: person, otherId: person, duty };
const [first, second] = [
  { post: 'watch', day: '2026-11-23', span: 'full' },
  { post: 'watch', day: '2026-11-24', span: 'day' },
] as const;
/** Some that can be granted, beside whatever may be asked for. */
const sensible = fc.constantFrom<ShiftChangeAsk[]>(
  { kind: 'take-over', changeId, personId: 'a', otherId: 'c', duty: first },
  { kind: 'leave', changeId, personId: 'b', otherId: 'a', duty: second },
  {
    kind: 'swap',
    changeId,
    personId: 'b',
    otherId: 'c',
    duty: second,
    otherDuty: { ...second, post: 'lead' },
  },
);
const ask: fc.Arbitrary<ShiftChangeAsk> = fc.oneof(
  sensible,
  fc.record({ kind: fc.constant('swap'), ...asked, otherDuty: duty }),
  fc.record({ kind: fc.constant('leave'), ...asked }),
  fc.record({ kind: fc.constant('take-over'), ...asked }),
);
const command: fc.Arbitrary<ShiftChangeCommand> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('ask'), ask, saidBy: fc.constant('console') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('agree'), saidBy: fc.constant('console') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('decide'),
      decision: fc.constantFrom('approved', 'refused', 'withdrawn'),
    }),
  },
);
/** Said at a terminal: it comes whenever the link is there, also after the end, twice, or of a stranger. */
const answer: fc.Arbitrary<ShiftChangeAnswer> = fc.record({
  type: fc.constant('shift-change.answered'),
  data: fc.record({ personId: person, answer: fc.constantFrom('agreed', 'declined') }),
});
const step = fc.record({
  command: fc.oneof({ weight: 4, arbitrary: command }, { weight: 1, arbitrary: answer }),
  actor: fc.constantFrom('account:1', 'account:1b', 'account:2', 'account:2', 'account:a'),
  hours: fc.constantFrom(0, 0, 0, 9, 24),
});

interface World {
  readonly change: ShiftChange | null;
  readonly slots: readonly RosterSlot[];
  readonly now: Temporal.Instant;
  readonly facts: readonly {
    readonly fact: ShiftChangeFact | ShiftChangeAnswer;
    readonly actor: string;
  }[];
}
const start: World = { change: null, slots: roster, now: noon, facts: [] };

interface Step {
  readonly command: ShiftChangeCommand | ShiftChangeAnswer;
  readonly actor: string;
  readonly hours: number;
}

function act(world: World, { command: given, actor, hours }: Step): World {
  const now = world.now.add({ hours });
  if ('type' in given) {
    if (world.change === null) return { ...world, now };
    const said = `person:${given.data.personId}`;
    const change = evolveShiftChange(world.change, given, said);
    return { ...world, now, change, facts: [...world.facts, { fact: given, actor: said }] };
  }
  const fact = decideShiftChange(world.change, given, {
    actor,
    self: selfOf(actor),
    now,
    slots: world.slots,
    people,
    away: [],
  });
  if (isRefusal(fact)) return { ...world, now };
  const change = evolveShiftChange(world.change, fact, actor);
  const slots = applyShiftChange(change.ask, fact, { slots: world.slots, now });
  return { change, slots, now, facts: [...world.facts, { fact, actor }] };
}

test('nothing is approved without both words, over a no of either, nor by who asked; what ended stays; nobody stands twice', () => {
  const approved = new Set<string>();
  const ways = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 9 }), (steps) => {
      let world = start;
      for (const each of steps) {
        const before = world;
        world = act(before, each);
        const ended = before.change !== null && !isOpenChange(before.change.state);
        if (ended && world.change?.state !== before.change?.state)
          throw new Error('It did not stay ended.');
        const keys = world.slots.map(({ shift, personId }) => `${shift} ${personId}`);
        if (new Set(keys).size < keys.length) throw new Error('Somebody stands on two posts.');
        if (world.slots.length !== roster.length) throw new Error('A slot came or went.');
        // Only a take-over asked for, or an approval, passes a duty; only an end gives one back.
        const last = world.facts.at(-1)?.fact;
        if (world.slots === before.slots || world.facts.length === before.facts.length) continue;
        const isTakeOver = world.change?.ask.kind === 'take-over';
        const passes = isTakeOver
          ? last?.type === 'shift-change.asked' || last?.type === 'shift-change.decided'
          : world.change?.state === 'approved';
        if (!passes) throw new Error('The roster changed without a decision.');
      }
      const { change, facts } = world;
      if (change?.state !== 'approved') return;
      approved.add(change.ask.kind);
      const end = facts.findIndex(({ fact }) => fact.type === 'shift-change.decided');
      const until = facts.slice(0, end + 1);
      const decider = until[end]?.actor ?? '';
      expect(decider).not.toBe(facts[0]?.actor);
      expect(selfOf(decider).actors).not.toContain(facts[0]?.actor);
      expect(selfOf(decider).people.filter((id) => isOfThem(change.ask, id))).toEqual([]);
      const { asker, asked: other } = sidesOf(change.ask);
      const own = (id: string) =>
        until
          .map(({ fact }) => fact)
          .filter((fact) => fact.type === 'shift-change.answered')
          .find(({ data }) => data.personId === id)?.data.answer;
      expect([own(asker), own(other)]).not.toContain('declined');
      const isNoted = until.some(({ fact }) => fact.type === 'shift-change.agreed');
      if (!isNoted) expect(own(other)).toBe('agreed');
      ways.add(isNoted ? 'noted' : 'own');
    }),
    { numRuns: 10_000, seed: 5402 },
  );
  expect(ways).toEqual(new Set(['noted', 'own']));
  expect(approved).toEqual(new Set(['swap', 'leave', 'take-over']));
});

const isOfThem = ({ personId, otherId }: ShiftChangeAsk, id: string) =>
  id === personId || id === otherId;

const say = (given: ShiftChangeCommand, actor: string, hours = 0) => ({
  command: given,
  actor,
  hours,
});
const agree = say({ kind: 'agree', saidBy: 'console' }, 'account:1');
const approve = say({ kind: 'decide', decision: 'approved' }, 'account:2');
const holders = ({ slots }: World) => slots.map(({ personId }) => personId).join('');
const tomorrow = { post: 'watch', day: '2026-11-24' } as const;

test('a swap passes both duties when it is approved, and not before', () => {
  const swap: ShiftChangeAsk = {
    kind: 'swap',
    changeId,
    personId: 'b',
    duty: { ...tomorrow, span: 'day' },
    otherId: 'a',
    otherDuty: { ...tomorrow, span: 'night' },
  };
  // b leads that night already.
  const twice = act(start, say({ kind: 'ask', ask: swap, saidBy: 'console' }, 'account:1'));
  expect(twice.change).toBeNull();
  const free = { ...start, slots: roster.filter(({ post }) => post === 'watch') };
  const one = act(free, say({ kind: 'ask', ask: swap, saidBy: 'console' }, 'account:1'));
  expect(holders(act(one, approve))).toBe('aaba');
  expect(holders(act(act(one, agree), approve))).toBe('aaab');
});

test('a take-over acts at once for what is left; refused, it goes back from the next shift on', () => {
  const over: ShiftChangeAsk = {
    kind: 'take-over',
    changeId,
    personId: 'a',
    duty: { post: 'watch', day: '2026-11-23', span: 'full' },
    otherId: 'c',
  };
  const taken = act(start, say({ kind: 'ask', ask: over, saidBy: 'console' }, 'account:1'));
  expect(holders(taken).slice(0, 2)).toBe('cc');
  expect(taken.slots[0]?.fallbackId).toBeNull();
  expect(holders(act(act(taken, agree), approve)).slice(0, 2)).toBe('cc');
  const refused = act(taken, say({ kind: 'decide', decision: 'refused' }, 'account:2'));
  expect(holders(refused).slice(0, 2)).toBe('ca');
});

test('leave passes one duty to who stands in, and cannot be had once it has begun', () => {
  const leave: ShiftChangeAsk = {
    kind: 'leave',
    changeId,
    personId: 'b',
    duty: { ...tomorrow, span: 'day' },
    otherId: 'a',
  };
  const given = say({ kind: 'ask', ask: leave, saidBy: 'console' }, 'account:1');
  const done = act(act(act(start, given), agree), approve);
  expect(holders(done).slice(0, 4)).toBe('aaaa');
  const late = act(act(act(start, given), agree), { ...approve, hours: 24 });
  expect(late.change?.state).toBe('agreed');
  expect(holders(late)).toBe(holders(start));
});

const words = (personId: string, said: 'agreed' | 'declined') => ({
  command: { type: 'shift-change.answered', data: { personId, answer: said } } as const,
  actor: '',
  hours: 0,
});

test('own words: a yes of who is asked needs no officer, a no stops the approval, one after the end nothing', () => {
  const leave: ShiftChangeAsk = {
    kind: 'leave',
    changeId,
    personId: 'b',
    duty: { ...tomorrow, span: 'day' },
    otherId: 'a',
  };
  const given = act(start, say({ kind: 'ask', ask: leave, saidBy: 'console' }, 'account:1'));
  const refusal = (world: World, command: ShiftChangeCommand) => {
    const ground = {
      actor: 'account:2',
      self: nobody,
      now: world.now,
      slots: world.slots,
      people,
      away: [],
    };
    const decided = decideShiftChange(world.change, command, ground);
    return isRefusal(decided) ? decided.code : null;
  };
  expect(act(given, words('b', 'agreed')).change?.state).toBe('asked');
  const agreed = act(given, words('a', 'agreed'));
  expect(agreed.change?.state).toBe('agreed');
  expect(holders(act(agreed, approve)).slice(0, 4)).toBe('aaaa');
  // Of the one who asked, after the other agreed: their own no outranks what was written down for them.
  const declined = act(agreed, words('b', 'declined'));
  expect(refusal(declined, { kind: 'decide', decision: 'approved' })).toBe('declined-there');
  expect(refusal(declined, { kind: 'agree', saidBy: 'console' })).toBe('declined-there');
  expect(refusal(declined, { kind: 'decide', decision: 'refused' })).toBeNull();
  // Said once: what somebody said first stands.
  expect(act(agreed, words('a', 'declined')).change?.state).toBe('agreed');
  const withdrawn = act(given, say({ kind: 'decide', decision: 'withdrawn' }, 'account:1'));
  expect(act(withdrawn, words('a', 'agreed')).change).toMatchObject({
    state: 'withdrawn',
    words: [{ personId: 'a' }],
  });
});
