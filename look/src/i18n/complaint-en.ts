import type { Translated } from './catalogue.ts';
import type { complaintZh } from './complaint-zh.ts';

export const complaintEn: Translated<typeof complaintZh> = {
  complaint: {
    kind: { suggestion: 'Suggestion', complaint: 'Complaint', 'wrong-record': 'Mistake' },
    sentence: {
      'not-recognised': 'I was not recognised',
      'wrong-time': 'Wrong time or shift',
      'someone-else-checked-in': 'Somebody checks in for others',
      'terminal-broken': 'The terminal is broken',
      'nobody-answers': 'Help call not answered',
      'too-many-checks': 'Too many checks',
      'looked-at-me': 'Someone read my data',
      'please-call': 'Please call us',
    },
    state: {
      waiting: 'Kept here; waiting to hear from above',
      received: 'Received',
      'taken-up': 'Being handled',
      answered: 'Answered',
      reopened: 'Asked again',
    },
    clock: { left: '{{count}} d left', over: '{{count}} d overdue' },
  },
};
