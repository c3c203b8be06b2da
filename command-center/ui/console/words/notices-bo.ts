import type { Translated } from '@sightline/look';
import type { notices as chinese, noticesProblem as problems } from './notices-zh.ts';

/** Not verified by a Tibetan reader yet, as the rest of the catalogue. */
export const notices: Translated<typeof chinese> = {
  notices: {
    title: 'བརྡ་ཐོ།',
    lead: 'བརྡ་ཐོ་འཕྲུལ་ཆས་ཡོད་པའི་གྲོང་ཚོ་རེར་འབྱོར། དྲ་རྒྱ་ཆད་ན་སླར་མཐུད་རྗེས་འབྱོར། གྲོང་ཚོ་རེའི་ལན་རྟགས་མཐོང་ཐུབ།',
    post: 'བརྡ་ཐོ་གཏོང་།',
    mayNot: 'སྲུང་རྟོག་པས་མ་གཏོགས་གཏོང་མི་ཆོག',
    none: 'བརྡ་ཐོ་མེད།',
    noneWhat: '“བརྡ་ཐོ་གཏོང་།” གནོན། ས་ཁུལ་འདེམས། མགོ་བྱང་དང་ནང་དོན་འབྲི།',
    what: 'བརྡ་ཐོ།',
    where: 'གཏོང་བ།',
    receipts: 'ལན་རྟགས།',
    level: { plain: 'རྒྱུན་ལྡན།', important: 'གལ་ཆེན།' },
    levelHint: {
      plain: 'འཕྲུལ་ཆས་ཐོག་ “ངས་བཀླགས་ཟིན།” གནོན་ན་ཆོག',
      important: 'གྲོང་ཚོའི་མི་ཞིག་གིས་རང་གི་གསང་གྲངས་ཀྱིས་རྟགས་རྒྱག་དགོས།',
    },
    heading: 'མགོ་བྱང་། (ཡིག་འབྲུ་ {{count}} ནང་།)',
    text: 'ནང་དོན། (ཡིག་འབྲུ་ {{count}} ནང་། སྒེར་གྱི་གནས་ཚུལ་མི་འབྲི།)',
    readBy: 'ཀློག་དུས་མཐའ་མ།',
    within: {
      none: 'ཚད་མེད།',
      '6': 'ཆུ་ཚོད་ 6',
      '24': 'ཉིན་ 1',
      '72': 'ཉིན་ 3',
      '168': 'ཉིན་ 7',
    },
    counting: 'གྲོང་ཚོ་རྩི་བཞིན་ཡོད།',
    nobody: 'དེར་འཕྲུལ་ཆས་ཡོད་པའི་གྲོང་ཚོ་མེད།',
    writeFirst: 'སྔོན་ལ་མགོ་བྱང་དང་ནང་དོན་འབྲི།',
    plan: 'གྲོང་ཚོ་ {{count}} ལ་འབྱོར་རྒྱུ།',
    notEquipped: 'འཕྲུལ་ཆས་མེད་པའི་གྲོང་ཚོ་ {{count}} ལ་མི་འབྱོར།',
    send: 'གྲོང་ཚོ་ {{count}} ལ་གཏོང་།',
    toAll: 'བརྡ་ཐོ་ཡོངས།',
    by: '{{login}} ཡིས་བཏང་།',
    until: 'ཀློག་དུས་མཐའ་མ།',
    isPast: 'དུས་ཡོལ།',
    withdrawn: 'ཕྱིར་འཐེན་ཟིན།',
    withdraw: 'ཕྱིར་འཐེན།',
    figures: 'གྲོང་ཚོ་ {{sent}} འབྱོར་ {{delivered}} བཀླགས་ {{read}}',
    village: 'གྲོང་ཚོ།',
    how: 'ལན་རྟགས།',
    when: 'དུས་ཚོད།',
    all: 'ཡོངས།',
    state: { waiting: 'མ་འབྱོར།', delivered: 'འབྱོར། མ་བཀླགས།', read: 'བཀླགས་ཟིན།' },
    signed: '{{name}} ཡིས་རྟགས་བརྒྱབ།',
    noReceipt: 'གྲོང་ཚོ་དེ་འདྲ་མེད།',
    noReceiptWhat: 'ལན་རྟགས་གཞན་ཞིག་འདེམས།',
  },
};

export const noticesProblem: Translated<typeof problems> = {
  'empty-notice': 'མགོ་བྱང་དང་ནང་དོན་འབྲི།',
  'notice-too-long': 'མགོ་བྱང་ཡིག་འབྲུ་ 60 དང་ནང་དོན་ 1000 ནང་།',
  unwritable: 'མངོན་མི་ཐུབ་པའི་ཡིག་རྟགས་འདུག བསྐྱར་དུ་འབྲི།',
  'read-by-time': 'ཀློག་དུས་མཐའ་མ་མ་འོངས་པར་དགོས། ཉིན་ 90 ནང་།',
  'nobody-to-tell': 'དེར་འཕྲུལ་ཆས་ཡོད་པའི་གྲོང་ཚོ་མེད།',
  'no-such-notice': 'བརྡ་ཐོ་འདི་མེད།',
};
