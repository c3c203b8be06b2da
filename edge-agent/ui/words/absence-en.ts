import type { Translated } from '@sightline/look';
import type { absenceRefusalsZh, absenceZh } from './absence-zh.ts';

export const absenceEn: Translated<typeof absenceZh> = {
  absence: {
    ask: 'I will be away',
    title: 'Away on which days?',
    from: 'From',
    to: 'To',
    earlier: 'a day earlier',
    later: 'a day later',
    hint: 'Nobody asks why. Works without the link; the township approves',
    send: 'Send',
    kept: 'Kept; it waits for approval',
    next: 'Once approved you are put on no duty and not rung',
    state: { waiting: 'waits', approved: 'approved', refused: 'refused', withdrawn: 'withdrawn' },
    weekday: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
  },
};

export const absenceRefusalsEn: Translated<typeof absenceRefusalsZh> = {
  'absence-past': 'These days are over: choose others',
  'absence-backwards': 'The end lies before the beginning',
  'absence-too-long': 'At most 92 days at once',
  'absence-too-far': 'At most a year ahead',
  'no-such-day': 'There is no such day',
  'absences-wait': 'Several of yours wait already: ask the township',
};
