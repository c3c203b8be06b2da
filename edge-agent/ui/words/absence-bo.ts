import type { Translated } from '@sightline/look';
import type { absenceRefusalsZh, absenceZh } from './absence-zh.ts';

export const absenceBo: Translated<typeof absenceZh> = {
  absence: {
    ask: 'ཕྱིར་སོང་ཞུ་བ།',
    title: 'ཉིན་ག་རེར་ཕྱིར་འགྲོ།',
    from: 'ནས།',
    to: 'བར།',
    earlier: 'ཉིན་གཅིག་སྔོན།',
    later: 'ཉིན་གཅིག་རྗེས།',
    hint: 'རྒྱུ་མཚན་མི་འདྲི། དྲ་རྒྱ་མེད་ཀྱང་ཞུ་ཆོག ཤང་གིས་ཆོག་མཆན་སྤྲོད།',
    send: 'ཞུ་བ་འབུལ།',
    kept: 'ཉར་ཟིན། ཆོག་མཆན་སྒུག',
    next: 'ཆོག་མཆན་རྗེས་རེས་མི་སྒྲིག ཁ་པར་ཡང་མི་གཏོང་།',
    state: {
      waiting: 'ཆོག་མཆན་སྒུག',
      approved: 'ཆོག་མཆན་ཐོབ།',
      refused: 'ཆོག་མཆན་མ་ཐོབ།',
      withdrawn: 'ཕྱིར་འཐེན་བྱས།',
    },
    weekday: {
      1: 'ཟླ་བ།',
      2: 'མིག་དམར།',
      3: 'ལྷག་པ།',
      4: 'ཕུར་བུ།',
      5: 'པ་སངས།',
      6: 'སྤེན་པ།',
      7: 'ཉི་མ།',
    },
  },
};

export const absenceRefusalsBo: Translated<typeof absenceRefusalsZh> = {
  'absence-past': 'ཉིན་འདི་དག་ཡོལ་ཟིན། ཡང་འདེམས།',
  'absence-backwards': 'མཇུག་མགོ་ལས་སྔ་བ། ཡང་འདེམས།',
  'absence-too-long': 'ཐེངས་གཅིག་ལ་ཉིན་ ༩༢ ལས་མི་ཆོག',
  'absence-too-far': 'ལོ་གཅིག་གི་སྔོན་ལས་མི་ཆོག',
  'no-such-day': 'ཉིན་དེ་མེད། ཡང་འདེམས།',
  'absences-wait': 'ཁྱེད་ཀྱི་ཞུ་བ་ཁ་ཤས་སྒུག་བཞིན། ཤང་ལ་འདྲི།',
};
