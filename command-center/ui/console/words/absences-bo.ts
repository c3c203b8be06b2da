import type { Translated } from '@sightline/look';
import type { absenceProblem as problemZh, absences as zh } from './absences-zh.ts';

export const absences: Translated<typeof zh> = {
  absences: {
    lead: 'སུ་ཉིན་ག་རེར་ཕྱིར་སོང་བ་ལས་རྒྱུ་མཚན་མི་འདྲི། རེས་སྒྲིག་སྐབས་ཕྱིར་སོང་བ་འཇོག་མི་སྲིད། ཁ་པར་ཡང་མི་གཏོང་། རེས་ནི་མགོ་འཛུགས་པའི་ཉིན་ལྟར་བརྩི།',
    enter: 'ཕྱིར་སོང་འགོད།',
    person: 'མི་སྣ།',
    choose: 'འདེམས།',
    from: 'ནས།',
    to: 'བར།',
    chooseAll: 'སྔོན་ལ་མི་སྣ་དང་ཚེས་གྲངས་འདེམས།',
    none: 'ད་ལྟ་སུ་ཡང་ཕྱིར་མ་སོང་།',
    noneWhat: 'འདིར་འགོད་ཆོག མི་ངོ་མས་མཐའ་སྣེའི་“ངའི་རེས”ནང་ཞུ་ཆོག',
    atTerminal: 'མི་ངོ་མས་མཐའ་སྣེར་ཞུས།',
    by: '{{login}} ཡིས་བཀོད།',
    decidedBy: '{{login}} ཡིས་ཆོག་མཆན།',
    refusedBy: '{{login}} ཡིས་ཆོག་མཆན་མ་སྤྲད།',
    withdrawnBy: '{{login}} ཡིས་ཕྱིར་འཐེན།',
    held: 'ཉིན་དེར་ད་དུང་རེས་ {{count}} ཡོད།',
    free: 'ཉིན་དེར་རེས་མེད།',
    approve: 'ཆོག་མཆན།',
    refuse: 'མི་ཆོག',
    withdraw: 'ཕྱིར་འཐེན།',
    show: { open: 'ད་ལྟ་དང་རྗེས།', all: 'ཚང་མ།' },
    state: {
      asked: 'ཆོག་མཆན་སྒུག',
      approved: 'ཆོག་མཆན་ཐོབ།',
      refused: 'ཆོག་མཆན་མ་ཐོབ།',
      withdrawn: 'ཕྱིར་འཐེན་བྱས།',
    },
    record: 'འགོད་པ་དང་ཆོག་མཆན།',
    today: 'ཕྱིར་སོང་། {{names}}',
    away: 'ཕྱིར་སོང་།',
  },
};

export const absenceProblem: Translated<typeof problemZh> = {
  'no-such-absence': 'ཕྱིར་སོང་གི་ཐོ་འདི་མེད།',
  'absence-backwards': 'མཇུག་གི་ཚེས་གྲངས་མགོའི་ཚེས་ལས་སྔ་བ།',
  'absence-too-long': 'ཐེངས་གཅིག་ལ་ཉིན་ ༩༢ ལས་མི་ཆོག',
  'absence-past': 'ཉིན་འདི་དག་ཡོལ་ཟིན།',
  'absence-too-far': 'ལོ་གཅིག་གི་སྔོན་ལས་མི་ཆོག',
  'person-away': 'མི་འདི་ཉིན་དེར་ཕྱིར་སོང་བས་མི་གཞན་འདེམས།',
};
