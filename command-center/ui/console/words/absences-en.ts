import type { Translated } from '@sightline/look';
import type { absenceProblem as problemZh, absences as zh } from './absences-zh.ts';

export const absences: Translated<typeof zh> = {
  absences: {
    lead: 'Only who is away and when; nobody is asked why. Rosters and proposals leave out whoever is away, and reminders do not ring them. A shift counts by the day it begins.',
    enter: 'Enter absence',
    person: 'Person',
    choose: 'Choose',
    from: 'From',
    to: 'To',
    chooseAll: 'Choose a person and the days first',
    none: 'Nobody is away',
    noneWhat: 'Enter it here, or the person says it at the terminal under “My duties”.',
    atTerminal: 'said at the terminal',
    by: 'entered by {{login}}',
    decidedBy: 'approved by {{login}}',
    refusedBy: 'refused by {{login}}',
    withdrawnBy: 'withdrawn by {{login}}',
    held: 'still on {{count}} shifts of these days',
    free: 'on no shift of these days',
    approve: 'Approve',
    refuse: 'Refuse',
    withdraw: 'Withdraw',
    show: { open: 'Now and later', all: 'All' },
    state: { asked: 'waits', approved: 'approved', refused: 'refused', withdrawn: 'withdrawn' },
    record: 'Entered and approved',
    today: 'Away: {{names}}',
    away: 'away',
  },
};

export const absenceProblem: Translated<typeof problemZh> = {
  'no-such-absence': 'There is no such absence: reload.',
  'absence-backwards': 'The last day lies before the first one.',
  'absence-too-long': 'At most 92 days at once: enter the rest as another one.',
  'absence-past': 'These days are over.',
  'absence-too-far': 'At most a year ahead.',
  'person-away': 'This person is away that day: choose another, or withdraw the absence.',
};
