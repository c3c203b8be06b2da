import type { SharedCatalogue } from './catalogue.ts';
import { appealEn } from './appeal-en.ts';
import { complaintEn } from './complaint-en.ts';
import { handOverEn } from './hand-over-en.ts';

export const en: SharedCatalogue = {
  status: {
    'not-equipped': 'Not equipped',
    online: 'Reachable',
    stale: 'Weak signal',
    offline: 'Disconnected',
    unknown: 'Unknown',
  },
  duty: { onDuty: 'On duty', nobody: 'Nobody on duty' },
  link: {
    up: 'Connected',
    down: 'Not connected',
    unknown: 'Connection unknown',
    since: 'for {{since}}',
    waiting: '{{count}} waiting to be sent',
    nothingWaiting: 'Everything delivered',
  },
  alarm: {
    1: 'Level Ⅰ',
    2: 'Level Ⅱ',
    3: 'Level Ⅲ',
    4: 'Level Ⅳ',
    one: 'Alarm',
    drill: 'Drill',
  },
  place: {
    villages: '{{count}} villages',
    hive: 'Hive map: one cell a village, positions are schematic',
  },
  button: {
    ok: 'OK',
    cancel: 'Cancel',
    back: 'Back',
    retry: 'Try again',
    close: 'Close',
    language: 'Language',
  },
  ...complaintEn,
  ...handOverEn,
  ...appealEn,
  safety: {
    help: 'Call for help',
    holdThreeSeconds: 'Hold for 3 seconds',
    evacuate: 'Go to a safe place now',
  },
  broken: {
    title: 'This page did not open',
    why: 'The link may be cut, or the system was just renewed. What you sent is kept.',
    remedy: 'Load it again; if that does not help, tell the system administrator.',
    byItself:
      'It loads again by itself in {{seconds}} s; if that does not help, tell the system administrator.',
    reload: 'Load again',
  },
  note: {
    demo: 'Demonstration data is synthetic',
    unverifiedTibetan: 'Tibetan text is unverified',
    computedCalendar: 'Tibetan date is computed',
  },
};
