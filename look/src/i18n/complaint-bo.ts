import type { Translated } from './catalogue.ts';
import type { complaintZh } from './complaint-zh.ts';

/** UNVERIFIED, as `bo.ts` says: no reader of Tibetan has checked these strings yet. */
export const complaintBo: Translated<typeof complaintZh> = {
  complaint: {
    kind: { suggestion: 'གྲོས་འཆར།', complaint: 'ཞུ་གཏུག', 'wrong-record': 'ཐོ་ནོར་འདུག' },
    sentence: {
      'not-recognised': 'ང་ཡང་དག་པར་ངོས་འཛིན་མ་བྱུང་།',
      'wrong-time': 'དུས་ཚོད་དམ་ལས་རེས་ནོར་འདུག',
      'someone-else-checked-in': 'གཞན་གྱི་ཚབ་ཏུ་མིང་བཀོད་མཁན་འདུག',
      'terminal-broken': 'འཕྲུལ་ཆས་སྐྱོན་ཤོར་འདུག',
      'nobody-answers': 'རོགས་ཞུས་པར་ལན་མེད།',
      'too-many-checks': 'ཞིབ་བཤེར་དང་མིང་བཀོད་མང་དྲགས།',
      'looked-at-me': 'ངའི་གནས་ཚུལ་ལ་བལྟས་མཁན་འདུག',
      'please-call': 'ཁ་པར་གཏོང་རོགས།',
    },
    state: {
      waiting: 'འཕྲུལ་ཆས་འདིར་ཉར་ཡོད། གོང་རིམ་གྱི་ལན་སྒུག་བཞིན་པ།',
      received: 'འབྱོར་ཟིན།',
      'taken-up': 'ཐག་གཅོད་བྱེད་བཞིན་པ།',
      answered: 'ལན་བཏབ་ཟིན།',
      reopened: 'ཡང་བསྐྱར་བཤད་ཟིན།',
    },
    clock: { left: 'ད་དུང་ཉིན་ {{count}}', over: 'ཉིན་ {{count}} བརྒལ་ཟིན།' },
  },
};
