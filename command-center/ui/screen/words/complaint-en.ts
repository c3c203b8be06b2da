import type { Translated } from '@sightline/look';
import type { complaintZh } from './complaint-zh.ts';

export const complaintEn: Translated<typeof complaintZh> = {
  raise: {
    open: 'Feedback',
    title: 'Complaints and suggestions',
    anonymous: 'Nobody keeps who said it',
    sentences: 'Sentences (up to three)',
    text: 'In your own words (not needed)',
    send: 'Send',
    receipt: 'Receipt number',
    noteIt: 'Note it: it shows the answer at any console. Days to an answer: {{count}}.',
    failed: 'It did not arrive. Try again.',
  },
};
