import type { Translated } from '@sightline/look';
import type { ownDutiesRefusalsZh, ownDutiesZh } from './appeal-zh.ts';

export const ownDutiesBo: Translated<typeof ownDutiesZh> = {
  ownDuties: {
    open: 'ངའི་འགན་རེས།',
    enter: 'ཁྱེད་རང་གི་གསང་ཨང་འཇུག་རོགས།',
    titles: {
      duties: 'ངའི་ཉེ་ཆར་གྱི་འགན་རེས།',
      changes: 'ང་དང་འབྲེལ་བའི་རེས་བརྗེ།',
      appeals: 'ངའི་ཞུ་གཏུག',
    },
    views: {
      duties: 'འགན་རེས། {{count}}',
      changes: 'རེས་བརྗེ། {{count}}',
      appeals: 'ཞུ་གཏུག {{count}}',
    },
    noneOf: {
      duties: 'ཉིན་འདི་དག་ལ་ཁྱེད་ཀྱི་རེས་མེད།',
      changes: 'ཁྱེད་དང་འབྲེལ་བའི་རེས་བརྗེ་མེད།',
      appeals: 'ཁྱེད་ཀྱིས་ཞུ་གཏུག་བྱས་མེད།',
    },
    hints: {
      duties: 'མི་གཉིས་ཀྱིས་སོ་སོར་ཐག་གཅོད། ཐོ་འགོད་ངོ་མ་གནས།',
      changes: 'ཕྱོགས་གཉིས་མོས་མཐུན་རྗེས་ཆོག་མཆན་ཐོབ་ན་བརྗེ་བ་ཡིན།',
      appeals: 'དྲ་རྒྱ་ཡོད་དུས་མཇུག་འབྲས་སླེབས། ཐོ་འགོད་ངོ་མ་གནས།',
    },
    hint: 'མི་གཉིས་ཀྱིས་སོ་སོར་ཐག་གཅོད། ཐོ་འགོད་ངོ་མ་གནས།',
    notHere: 'འཕྲུལ་ཆས་འདིར་མིང་བཀོད་མེད།',
    here: '{{time}} ལ་འདིར་མིང་བཀོད།',
    appeal: 'ཞུ་གཏུག',
    said: 'ཞུ་གཏུག་བྱས། {{reason}}',
    why: 'ག་རེ་ནོར་འདུག',
    chooseFirst: 'རྒྱུ་མཚན་འདེམས།',
    send: 'ཞུ་གཏུག་འབུལ།',
    writeHint: 'ཡི་གེ་ ༢༠༠ མན། མི་གཞན་གྱི་མིང་མ་འབྲི་རོགས།',
    kept: 'ཞུ་གཏུག་ཉར་ཟིན།',
    twoPeople: 'མི་གཉིས་ཀྱིས་ཐག་གཅོད་བྱེད།',
    span: { day: 'ཉིན་གྱི་རེས།', night: 'མཚན་གྱི་རེས།', full: 'ཉིན་མཚན།' },
    post: { lead: 'འགོ་ཁྲིད།', watch: 'ལས་གཉེར།', standby: 'གྲ་སྒྲིག' },
    appealedOn: '{{day}} ཞུ་གཏུག {{reason}}',
    decidedOn: '{{day}} ཐག་གཅོད། {{reason}}',
    appealState: {
      waiting: 'ཐག་གཅོད་སྒུག་བཞིན།',
      upheld: 'བཅོས་རྗེས། {{verdict}}',
      'turned-down': 'ཆོག་མཆན་མ་ཐོབ། ཐོ་འགོད་སོར་གནས།',
      joined: 'ཞུ་གཏུག་གཞན་དང་བསྡེབས།',
    },
    verdict: {
      'on-time': 'དུས་ཐོག',
      late: 'འགོར་བ།',
      covered: 'ཚབ་བྱེད་སླེབས།',
      absent: 'མ་སླེབས།',
      'not-owed': 'རེས་མི་དགོས།',
      stands: 'མཇུག་འབྲས་སོར་གནས།',
    },
  },
  shiftChange: {
    waiting: 'རེས་བརྗེས་ {{name}} ཡི་ལན་སྒུག',
    waitingMany: 'རེས་བརྗེས་མི་ {{count}} ཡི་ལན་སྒུག',
    asked: 'རེས་བརྗེ་ལན་སྒུག',
    answer: 'ལན་རྒྱོབས།',
    look: 'ལྟ་བ།',
    what: {
      swap: '{{holder}} དང་ {{other}} རེས་བརྗེ།',
      leave: '{{holder}} གུང་གསེང་། {{other}} ཚབ།',
      'take-over': '{{holder}} ཡི་ཚབ་ {{other}}',
    },
    state: {
      yours: 'ཁྱེད་ཀྱི་ལན་སྒུག་བཞིན།',
      asked: 'ཁ་གཏད་སྒུག་བཞིན།',
      agreed: 'ཕྱོགས་གཉིས་མོས་མཐུན། ཆོག་མཆན་སྒུག',
      declined: 'མོས་མཐུན་མེད།',
      approved: 'ཆོག་མཆན་ཐོབ།',
      refused: 'ཆོག་མཆན་མ་ཐོབ།',
      withdrawn: 'ཕྱིར་འཐེན།',
    },
    own: { agreed: '{{time}} ཁྱེད་མོས་མཐུན།', declined: '{{time}} ཁྱེད་མོས་མཐུན་མེད།' },
    late: 'ལན་འགོར་བས་ཕན་མ་ཐོགས།',
    noted: 'ཁྱེད་མོས་མཐུན་པར་བཀོད་ཟིན། འདིར་རང་གིས་ལན་རྒྱག་ཆོག',
    other: { agreed: '{{name}} འདིར་མོས་མཐུན།', declined: '{{name}} འདིར་མོས་མཐུན་མེད།' },
    takenAtOnce: 'ཚབ་བྱེད་འགོ་བཙུགས། རྗེས་སུ་ཆོག་མཆན།',
    hint: 'ལན་ཐེངས་གཅིག་རང་། དྲ་རྒྱ་མེད་ཀྱང་ཆོག',
    agree: 'ང་མོས་མཐུན།',
    decline: 'ང་མོས་མཐུན་མེད།',
    kept: { agreed: 'ཁྱེད་མོས་མཐུན་བྱས།', declined: 'ཁྱེད་མོས་མཐུན་མེད། ཉར་ཟིན།' },
    next: {
      agreed: 'ཕྱོགས་གཉིས་མོས་མཐུན་རྗེས་ཆོག་མཆན་ཐོབ་དགོས།',
      declined: 'ལྟེ་གནས་ཀྱིས་མཐོང་། ཆོག་མཆན་མི་སྟེར།',
    },
  },
};

export const ownDutiesRefusalsBo: Translated<typeof ownDutiesRefusalsZh> = {
  'no-such-change': 'འཕྲུལ་ཆས་འདིར་ཞུ་བ་འདི་མེད།',
  'change-ended': 'ཞུ་བ་འདི་ཐག་གཅོད་ཟིན།',
  'no-such-duty': 'འཕྲུལ་ཆས་འདིར་ཁྱེད་ཀྱི་རེས་འདི་མེད།',
};
