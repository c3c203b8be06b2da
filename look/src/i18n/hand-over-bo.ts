import type { Translated } from './catalogue.ts';
import type { handOverZh } from './hand-over-zh.ts';

/** UNVERIFIED, as `bo.ts` says: no reader of Tibetan has checked these strings yet. */
export const handOverBo: Translated<typeof handOverZh> = {
  handOver: {
    sentence: {
      'road-closed': 'ལམ་ཆད་འདུག',
      'water-rising': 'ཆུ་ཚད་འཕར་འདུག',
      'equipment-broken': 'ཡོ་ཆས་སྐྱོན་ཤོར་འདུག',
      'visitor-expected': 'མགྲོན་པོ་ཡོང་རྒྱུ།',
      'follow-up-by-phone': 'ཁ་པར་གཏོང་རོགས།',
      'patrol-needed': 'སྐོར་ཞིབ་མང་དུ་གཏོང་།',
      'keys-handed-over': 'ལྡེ་མིག་སྤྲད་ཟིན།',
      'nothing-special': 'དམིགས་བསལ་མེད།',
    },
    state: { left: 'བླངས་མེད།', accepted: 'བླངས་ཟིན།', done: 'ཚར་སོང་།' },
  },
};
