import type { Translated } from '@sightline/look';
import type { keeping as chinese } from './meeting-keeping-zh.ts';

export const keeping: Translated<typeof chinese> = {
  title: 'Kept and erased',
  kind: {
    recordings: 'Recording',
    decks: 'Slides, if any',
    lines: 'Typed lines',
    title: 'Title',
  },
  until: 'kept until {{date}} ({{days}} days after the meeting), then erased',
  whileHeld: 'held: not erased',
  erased: 'erased on {{date}}, {{days}} days after the meeting',
  erasing:
    '▲ to be erased since {{date}}; the media server has not said yet that the files are gone',
  byHand: 'Before its time, by {{by}}: {{reason}}',
  held: 'On hold: nothing of it is erased',
  why: 'Reason: {{reason}}',
  hold: 'Put on hold',
  release: 'Release the hold',
  erase: 'Erase now',
  eraseTitle: 'Erase before its time: {{kind}}',
  heldFirst: 'Release the hold first',
  registrarOnly: 'This needs a registrar',
  widerOnly: 'The meeting is of a wider region than the one chosen',
  attendance: 'Attendance, answers and roll calls are facts and stay.',
  reason: 'Reason',
  reasonFirst: 'Say why first',
  what: {
    erase:
      'It cannot be brought back. Who erased it, when and why stays on record; copies in backups go when those are destroyed.',
    hold: 'While it is held nothing of it is erased, however old it is.',
    release: 'Its times count again; what is past its time is erased within the day.',
  },
  do: { erase: 'Erase', hold: 'Put on hold', release: 'Release the hold' },
};
