import type { Translated } from '@sightline/look';
import type { checkRefusalsZh, checkZh } from './check-zh.ts';

/** Not verified by a Tibetan reader yet, as the rest of the catalogue. */
export const checkBo: Translated<typeof checkZh> = {
  check: {
    title: 'ལས་གནས་ཞིབ་བཤེར།',
    reason: {
      'weather-warning': 'གནམ་གཤིས་ཉེན་བརྡ།',
      'holiday-guard': 'དུས་ཆེན་སྲུང་རྟོག',
      'incident-nearby': 'ཉེ་འདབས་སུ་གློ་བུར་དོན་རྐྱེན།',
      'equipment-test': 'སྒྲིག་ཆས་ཚོད་ལྟ།',
      routine: 'རྒྱུན་ལྡན་ཞིབ་བཤེར།',
    },
    by: '{{who}} ནས་གྲོང་ཚོར་འབོད་བཞིན་ཡོད།',
    left: 'རྗེས་མཇུག་རྫོགས།',
    byFace: 'གདོང་གིས་ལན་འདེབས།',
    byPin: 'གསང་གྲངས་ཀྱིས་ལན་འདེབས།',
    callMe: 'ང་ལ་ཁ་པར་གཏོང་རོགས།',
    later: 'ཕྱིར་ལོག རྗེས་སུ་ལན་འདེབས།',
    waits: 'ཞིབ་བཤེར་ལ་ལན་སྒུག་བཞིན་ཡོད། {{reason}}',
    answered: 'ལན་བཏབ་ཟིན། ཐུགས་རྗེ་ཆེ།',
    answeredLate: 'ལན་བཏབ་ཟིན། དུས་ཡོལ་སོང་།',
    lateHint: 'ལན་བཀོད་ཟིན། འཕྱི་བའི་ལན་དུ་བརྩི།',
    listTitle: 'སུས་ང་ཚོར་ཞིབ་བཤེར་བྱས།',
    none: 'གྲོང་ཚོར་ཞིབ་བཤེར་བྱས་མྱོང་མེད།',
    hint: 'ཉེ་ཆར་ཐེངས་ 20 མང་དྲགས་ན་ “བསམ་འཆར” གནོན།',
    outcome: {
      answered: '{{time}} {{name}} ལན་བཏབ།',
      late: '{{time}} {{name}} ལན་བཏབ། དུས་ཡོལ།',
      call: '{{time}} ཁ་པར་གཏོང་རྒྱུ་ཞུས།',
      withdrawn: 'ཕྱིར་འཐེན་ཟིན།',
      open: 'ལན་སྒུག་བཞིན་ཡོད།',
      'too-late': '{{time}} ད་གཟོད་འབྱོར། དྲིལ་བརྡ་མ་གྲགས།',
      unanswered: 'ལན་མ་བཏབ།',
    },
  },
};

export const checkRefusalsBo: Translated<typeof checkRefusalsZh> = {
  'no-such-check': 'འཕྲུལ་ཆས་འདིར་ཞིབ་བཤེར་འདི་མེད།',
  'check-withdrawn': 'ཞིབ་བཤེར་འདི་ཕྱིར་འཐེན་ཟིན། ལན་མི་དགོས།',
  'check-over': 'ཞིབ་བཤེར་འདི་མཇུག་རྫོགས་སོང་།',
};
