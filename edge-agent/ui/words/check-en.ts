import type { Translated } from '@sightline/look';
import type { checkRefusalsZh, checkZh } from './check-zh.ts';

export const checkEn: Translated<typeof checkZh> = {
  check: {
    title: 'Spot check',
    reason: {
      'weather-warning': 'Weather warning',
      'holiday-guard': 'Holiday watch',
      'incident-nearby': 'Incident nearby',
      'equipment-test': 'Equipment test',
      routine: 'Routine check',
    },
    by: '{{who}} is calling this village',
    left: 'left',
    byFace: 'Answer by face',
    byPin: 'Answer by PIN',
    callMe: 'Please call me',
    later: 'Go back, answer later',
    waits: 'A spot check waits: {{reason}}',
    answered: 'Answered, thank you',
    answeredLate: 'Answered after the end',
    lateHint: 'Your answer is kept, and counts as late',
    listTitle: 'Who checked us',
    none: 'Nobody has checked this village yet',
    hint: 'The newest 20. Too many? Press “Complaint”.',
    outcome: {
      answered: '{{time}} answered by {{name}}',
      late: '{{time}} answered by {{name}}, too late',
      call: '{{time}} asked to be called',
      withdrawn: 'Withdrawn',
      open: 'Waiting for an answer',
      'too-late': 'Came only at {{time}}, did not ring',
      unanswered: 'Not answered',
    },
  },
};

export const checkRefusalsEn: Translated<typeof checkRefusalsZh> = {
  'no-such-check': 'This terminal knows of no such spot check',
  'check-withdrawn': 'This spot check was withdrawn, no need to answer',
  'check-over': 'This spot check is over',
};
