import type { Translated } from './catalogue.ts';
import type { handOverZh } from './hand-over-zh.ts';

export const handOverEn: Translated<typeof handOverZh> = {
  handOver: {
    sentence: {
      'road-closed': 'A road is closed',
      'water-rising': 'Water is rising',
      'equipment-broken': 'Equipment is broken',
      'visitor-expected': 'A visitor is coming',
      'follow-up-by-phone': 'Follow up by phone',
      'patrol-needed': 'Patrol more often',
      'keys-handed-over': 'Keys handed over',
      'nothing-special': 'Nothing special',
    },
    state: { left: 'Not accepted', accepted: 'Accepted', done: 'Done' },
  },
};
