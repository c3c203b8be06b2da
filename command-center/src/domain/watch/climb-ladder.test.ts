import { rungs, watchZone, type LadderRule, type Rung } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  climbLadder,
  type Acknowledgement,
  type LadderDuty,
  type LadderFacts,
} from './climb-ladder.ts';

const noFacts: LadderFacts = { answeredAt: null, steps: [], acknowledgements: [] };
const at = (text: string) => Temporal.Instant.from(`2026-11-27T${text}:00+08:00`);
const duty: LadderDuty = { from: at('08:00'), to: at('20:00'), personId: 'a', fallbackId: 'b' };
const rule: LadderRule = {
  isOn: true,
  afterMinutes: { remind: 15, fallback: 30, township: 45, county: 120 },
  quiet: null,
  quietRungs: [],
  everyoneMustAnswer: false,
  holdMinutes: 60,
  posts: ['watch'],
};

interface Life {
  readonly duty: LadderDuty;
  readonly rule: LadderRule;
  readonly answeredAt: Temporal.Instant | null;
  readonly acknowledgements: readonly Acknowledgement[];
}

/** What a server does that looks at these instants only, with nothing in its memory between them. */
function live({ duty: of, rule: by, ...life }: Life, looks: readonly Temporal.Instant[]) {
  const until = (now: Temporal.Instant) => (each: { readonly at: Temporal.Instant }) =>
    Temporal.Instant.compare(each.at, now) <= 0;
  let facts: LadderFacts = noFacts;
  for (const now of looks) {
    const answered =
      life.answeredAt !== null && Temporal.Instant.compare(life.answeredAt, now) <= 0
        ? life.answeredAt
        : null;
    facts = {
      ...facts,
      answeredAt: answered,
      acknowledgements: life.acknowledgements.filter(until(now)),
    };
    const { due } = climbLadder(of, { rule: by, facts, now });
    if (due !== null)
      facts = { ...facts, steps: [...facts.steps, { rung: due, at: now, asked: 2 }] };
  }
  return facts.steps;
}

const everyMinute = Array.from({ length: 25 * 60 }, (_, n) => duty.from.add({ minutes: n - 30 }));

describe('one duty nobody comes to', () => {
  const stepsOf = (life: Partial<Life>) =>
    live({ duty, rule, answeredAt: null, acknowledgements: [], ...life }, everyMinute).map(
      (step) =>
        `${step.rung} ${step.at.toZonedDateTimeISO(watchZone).toPlainTime().toString().slice(0, 5)}`,
    );

  it('is told to the person, the fallback, the township and the county, each at its time', () => {
    expect(stepsOf({})).toEqual([
      'remind 08:15',
      'fallback 08:30',
      'township 08:45',
      'county 10:00',
    ]);
  });

  it('is told no further once somebody came, and not at all once the duty is over', () => {
    expect(stepsOf({ answeredAt: at('08:31') })).toEqual(['remind 08:15', 'fallback 08:30']);
    expect(stepsOf({ duty: { ...duty, to: at('08:40') } })).toEqual([
      'remind 08:15',
      'fallback 08:30',
    ]);
  });

  it.each(rungs.slice(0, 3))('waits for who acknowledged at the rung %s', (rung) => {
    const acknowledged = (by: string) => ({ rung, at: at('08:50'), by });
    const next = rungs[rungs.indexOf(rung) + 1];
    const climbed = stepsOf({
      rule: { ...rule, afterMinutes: spread(rung) },
      acknowledgements: [acknowledged('x')],
    });
    expect(climbed).toContain(`${String(next)} 09:50`);
  });

  it('waits only for everyone where everyone must answer', () => {
    const strict = { ...rule, everyoneMustAnswer: true };
    const one = { rung: 'township', at: at('08:50'), by: 'x' } as const;
    expect(
      stepsOf({ rule: strict, acknowledgements: [one, { ...one, at: at('08:51') }] }),
    ).toContain('county 10:00');
    const both = [one, { ...one, at: at('09:30'), by: 'y' }];
    expect(stepsOf({ rule: strict, acknowledgements: both })).toContain('county 10:30');
  });

  it('leaves out the rungs on which nobody stands', () => {
    expect(stepsOf({ duty: { ...duty, personId: null, fallbackId: null } })).toEqual([
      'township 08:45',
      'county 10:00',
    ]);
  });

  it('does not wake those who sleep, and tells them when the night is over', () => {
    const night = { ...duty, from: at('20:00'), to: at('20:00').add({ hours: 12 }) };
    const quiet = {
      ...rule,
      quiet: { from: '21:30', to: '06:30' },
      quietRungs: ['county'] as const,
    };
    expect(stepsOf({ duty: night, rule: { ...quiet, quietRungs: [...quiet.quietRungs] } })).toEqual(
      ['remind 20:15', 'fallback 20:30', 'township 20:45', 'county 06:30'],
    );
  });

  it('leaves the minutes between the rungs also when nobody looked for hours', () => {
    const looks = [at('12:00'), at('12:01'), at('12:16'), at('12:31'), at('13:45'), at('13:46')];
    expect(
      live({ duty, rule, answeredAt: null, acknowledgements: [] }, looks).map((s) =>
        s.at.toString(),
      ),
    ).toEqual([looks[0], looks[2], looks[3], looks[5]].map(String));
  });
});

/** The rung asked for just before the time of the acknowledgement. */
function spread(rung: Rung): LadderRule['afterMinutes'] {
  const minutes = (each: Rung) => 40 + 15 * (rungs.indexOf(each) - rungs.indexOf(rung));
  return {
    remind: minutes('remind'),
    fallback: minutes('fallback'),
    township: minutes('township'),
    county: minutes('county'),
  };
}

const minute = (max: number) => fc.integer({ min: 1, max });
const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) =>
    new Temporal.PlainTime(Math.floor(quarter / 4), (quarter % 4) * 15).toString().slice(0, 5),
  );
const life: fc.Arbitrary<Life> = fc.record({
  duty: fc.record({
    from: fc.constantFrom(at('08:00'), at('20:00')),
    to: fc.constantFrom(at('20:00').add({ hours: 1 }), at('20:00').add({ hours: 12 })),
    personId: fc.constantFrom('a', null),
    fallbackId: fc.constantFrom('b', null),
  }),
  rule: fc.record({
    isOn: fc.constant(true),
    afterMinutes: fc.tuple(minute(60), minute(60), minute(60), minute(120)).map(([a, b, c, d]) => ({
      remind: a,
      fallback: a + b,
      township: a + b + c,
      county: a + b + c + d,
    })),
    quiet: fc.option(fc.record({ from: time, to: time })),
    quietRungs: fc.subarray([...rungs]),
    everyoneMustAnswer: fc.boolean(),
    holdMinutes: minute(240),
    posts: fc.constant(['watch' as const]),
  }),
  answeredAt: fc.option(
    fc.integer({ min: 0, max: 1_440 }).map((m) => duty.from.add({ minutes: m })),
    { freq: 2 },
  ),
  acknowledgements: fc.array(
    fc.record({
      rung: fc.constantFrom(...rungs),
      at: fc.integer({ min: 0, max: 1_440 }).map((m) => duty.from.add({ minutes: m })),
      by: fc.constantFrom('x', 'y'),
    }),
    { maxLength: 4 },
  ),
});
const looks = fc
  .array(fc.integer({ min: -60, max: 1_500 }), { maxLength: 60 })
  .map((minutes) => minutes.toSorted((a, b) => a - b).map((m) => duty.from.add({ minutes: m })));

describe('any duty, rule and course of events', () => {
  const check = (property: fc.IProperty<[Life, Temporal.Instant[]]>) =>
    fc.assert(property, { numRuns: 10_000, seed: 5402 });

  it('climbs each rung at most once, upwards, while the duty runs and nobody came', () => {
    check(
      fc.property(life, looks, (each, moments) => {
        const steps = live(each, moments);
        const order = steps.map(({ rung }) => rungs.indexOf(rung));
        expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
        for (const step of steps) {
          expect(Temporal.Instant.compare(step.at, each.duty.to)).toBeLessThan(0);
          const earliest = each.duty.from.add({ minutes: each.rule.afterMinutes[step.rung] });
          expect(Temporal.Instant.compare(step.at, earliest)).toBeGreaterThanOrEqual(0);
          if (each.answeredAt !== null) {
            expect(Temporal.Instant.compare(step.at, each.answeredAt)).toBeLessThan(0);
          }
        }
      }),
    );
  });

  it('tells nobody of a quiet rung within the quiet hours', () => {
    check(
      fc.property(life, looks, (each, moments) => {
        const { quiet, quietRungs } = each.rule;
        for (const step of live(each, moments)) {
          if (quiet === null || !quietRungs.includes(step.rung)) continue;
          const text = step.at.toZonedDateTimeISO(watchZone).toPlainTime().toString().slice(0, 5);
          const isInside =
            quiet.from <= quiet.to
              ? text >= quiet.from && text < quiet.to
              : text >= quiet.from || text < quiet.to;
          expect(isInside).toBe(false);
        }
      }),
    );
  });

  it('says truly when to look again: looking only then gives the same as looking each minute', () => {
    fc.assert(
      fc.property(life, (each) => {
        const minutes = Array.from({ length: 1_500 }, (_, n) => duty.from.add({ minutes: n }));
        const marks = new Set([
          ...each.acknowledgements.map(({ at: mark }) => mark.epochMilliseconds),
          each.answeredAt?.epochMilliseconds ?? 0,
        ]);
        let next: number | null = 0;
        const steps: LadderFacts['steps'][number][] = [];
        for (const now of minutes) {
          const ms = now.epochMilliseconds;
          if (!marks.has(ms) && (next === null || ms < next)) continue;
          const facts: LadderFacts = {
            answeredAt:
              each.answeredAt !== null && each.answeredAt.epochMilliseconds <= ms
                ? each.answeredAt
                : null,
            steps: [...steps],
            acknowledgements: each.acknowledgements.filter((ack) => ack.at.epochMilliseconds <= ms),
          };
          const found = climbLadder(each.duty, { rule: each.rule, facts, now });
          if (found.due !== null) steps.push({ rung: found.due, at: now, asked: 2 });
          next = found.due === null ? (found.nextAt?.epochMilliseconds ?? null) : ms + 60_000;
        }
        expect(steps.map((s) => [s.rung, s.at.toString()])).toEqual(
          live(each, minutes).map((s) => [s.rung, s.at.toString()]),
        );
      }),
      { numRuns: 60, seed: 5402 },
    );
  });
});
