import { defaultLadderRule, type RosterSlot } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { composeMessage } from './compose-message.ts';
import { dutyNameOf } from './duty-name.ts';
import {
  openLadders,
  ruleFor,
  runningDuties,
  type WatchedSlot,
  type WatchMoment,
} from './open-ladders.ts';
import { dispatch, forWebhook, groupMessages, planClimbs, type Climb } from './plan-climbs.ts';

const villages = ['540235100201', '540235100202', '540235101201'] as const;
const slot: RosterSlot = { post: 'watch', shift: '2026-11-27/day', personId: 'a', fallbackId: 'b' };
const at = (text: string) => Temporal.Instant.from(`2026-11-27T${text}:00+08:00`);
const moment = (
  now: Temporal.Instant,
  { slots, ...more }: Partial<WatchMoment> & { readonly slots?: readonly WatchedSlot[] } = {},
): WatchMoment => ({
  running: runningDuties(
    slots ?? villages.map((region) => ({ ...slot, region, isHeard: true })),
    now,
  ),
  arrivals: [],
  rules: [],
  steps: new Map(),
  acknowledgements: new Map(),
  now,
  ...more,
});

describe('the open ladders of some villages', () => {
  it('are those that run and nobody came to, each under a name that tells its duty', () => {
    expect(openLadders(moment(at('07:59')))).toEqual([]);
    const open = openLadders(moment(at('08:15')));
    expect(open.map(({ subject, ladder }) => [subject, ladder.due])).toEqual(
      villages.map((region) => [`${region}.watch.2026-11-27.day`, 'remind']),
    );
    expect(dutyNameOf(open[0]?.subject ?? '')).toMatchObject({
      region: villages[0],
      post: 'watch',
      span: 'day',
    });
  });

  it.each(['a', 'b'])(
    'are answered by the person and by the fallback, also a little early (%s)',
    (personId) => {
      const arrivals = villages.map((region) => ({ region, personId, at: at('06:30') }));
      expect(openLadders(moment(at('09:00'), { arrivals }))).toEqual([]);
      const yesterday = arrivals.map((each) => ({ ...each, at: at('05:59') }));
      expect(openLadders(moment(at('09:00'), { arrivals: yesterday }))).toHaveLength(3);
    },
  );

  it('say that nobody knows where the terminal is not heard', () => {
    const slots = villages.map((region, n) => ({ ...slot, region, isHeard: n > 0 }));
    expect(openLadders(moment(at('08:20'), { slots })).map(({ cause }) => cause)).toEqual([
      'unheard',
      'absent',
      'absent',
    ]);
  });

  it('leave posts alone that the rule leaves alone, and go by the nearest rule', () => {
    const off = { ...defaultLadderRule, isOn: false };
    const rules = [
      { region: '5402', rule: off },
      { region: '540235101', rule: defaultLadderRule },
    ];
    expect(openLadders(moment(at('08:20'), { rules })).map(({ region }) => region)).toEqual([
      villages[2],
    ]);
    expect(ruleFor('540235100201', [])).toBe(defaultLadderRule);
    const standby = villages.map((region) => ({
      ...slot,
      region,
      isHeard: true,
      post: 'standby' as const,
    }));
    expect(openLadders(moment(at('08:20'), { slots: standby }))).toEqual([]);
  });
});

describe('who is told', () => {
  const officers = [
    { accountId: 't1', region: '540235100' },
    { accountId: 't2', region: '540235100' },
    { accountId: 'p', region: '5402' },
  ];
  const climbed = (rung: Climb['rung'], now: Temporal.Instant) => {
    const steps = new Map(
      villages.map((region) => [
        `${region}.watch.2026-11-27.day`,
        rung === 'county'
          ? [{ rung: 'township' as const, at: at('08:45'), asked: 2 }]
          : [{ rung: 'fallback' as const, at: at('08:30'), asked: 1 }],
      ]),
    );
    return planClimbs(openLadders(moment(now, { steps, rules: [] })), officers);
  };

  it('is the township of each village, and the prefecture where a county has nobody', () => {
    expect(climbed('township', at('08:46')).map(({ recipients }) => recipients)).toEqual([
      ['account:t1', 'account:t2'],
      ['account:t1', 'account:t2'],
      [],
    ]);
    expect(climbed('county', at('10:01')).map(({ recipients }) => recipients)).toEqual(
      villages.map(() => ['account:p']),
    );
  });

  it('is, for the webhook, also nobody: it hears of each rung once, with all its villages', () => {
    const heard = forWebhook(climbed('township', at('08:46')));
    expect(heard).toMatchObject([{ recipient: 'webhook', rung: 'township' }]);
    expect(heard[0]?.subjects).toHaveLength(3);
  });

  it('gets one message about all of them, not one a village', () => {
    const messages = groupMessages(climbed('county', at('10:01')));
    expect(messages).toMatchObject([{ recipient: 'account:p', rung: 'county' }]);
    expect(messages[0]?.subjects).toHaveLength(3);
  });

  it('is told by the ways there are; who has none is written down as not reached', () => {
    const message = {
      recipient: 'person:a',
      rung: 'remind',
      cause: 'absent',
      subjects: ['x'],
    } as const;
    const by = (points: readonly ('email' | 'sms')[], channels: readonly 'email'[]) =>
      dispatch([message], {
        points: points.map((channel) => ({ recipient: 'person:a', channel })),
        channels,
      }).map(({ channel, state, detail }) => `${channel} ${state} ${String(detail)}`);
    expect(by([], [])).toEqual(['sms unreachable no-contact-point']);
    expect(by(['email'], [])).toEqual(['email unreachable channel-not-set-up']);
    expect(by(['email', 'sms'], ['email'])).toEqual(['email waiting null']);
    const toAccount = dispatch([{ ...message, recipient: 'account:p' }], {
      points: [],
      channels: [],
    });
    expect(toAccount).toMatchObject([{ channel: 'console', state: 'sent' }]);
  });

  it('reads places and posts, and no name of a person', () => {
    const duties = villages.map((region) => dutyNameOf(`${region}.lead.2026-11-27.night`));
    const { subject, text } = composeMessage(
      { rung: 'township', cause: 'unheard', duties },
      (region) => `村${region.slice(-3)}`,
    );
    expect(subject).toContain('3 × 终端失联');
    expect(text).toContain('· 村201 2026-11-27 夜班带班 / night lead');
    const many = Array.from({ length: 30 }, () => duties).flat();
    expect(
      composeMessage({ rung: 'county', cause: 'absent', duties: many }, String).text,
    ).toContain('and 70 more');
  });
});
