import type { Translated } from '@sightline/look';
import type { noticeRefusalsZh, noticeZh } from './notice-zh.ts';

/** Not verified by a Tibetan reader yet, as the rest of the catalogue. */
export const noticeBo: Translated<typeof noticeZh> = {
  notice: {
    title: 'བརྡ་ཐོ།',
    unread: 'མ་བཀླགས་པའི་བརྡ་ཐོ་ {{count}}',
    allRead: 'བརྡ་ཐོ། (ཚང་མ་བཀླགས་ཟིན།)',
    none: 'བརྡ་ཐོ་མེད།',
    hint: 'ཉེ་ཆར་གྱི་བརྡ་ཐོ། དྲ་རྒྱ་མེད་ཀྱང་ཀློག་ཆོག',
    important: 'གལ་ཆེན།',
    by: '{{who}} ནས་བཏང་།',
    readBefore: '{{time}} སྔོན་ལ་ཀློག་རོགས།',
    read: 'ངས་བཀླགས་ཟིན།',
    sign: 'གསང་གྲངས་ཀྱིས་རྟགས་རྒྱག',
    readAt: '{{time}} བཀླགས་ཟིན།',
    signedAt: '{{time}} {{name}} རྟགས་བརྒྱབ།',
    notRead: 'མ་བཀླགས།',
    gone: 'བརྡ་ཐོ་འདི་ཕྱིར་འཐེན་ཟིན།',
  },
};

export const noticeRefusalsBo: Translated<typeof noticeRefusalsZh> = {
  'no-such-notice': 'བརྡ་ཐོ་འདི་ཕྱིར་འཐེན་ཟིན།',
  'sign-by-pin': 'བརྡ་ཐོ་གལ་ཆེན་ལ་རང་གི་གསང་གྲངས་ཀྱིས་རྟགས་རྒྱག་རོགས།',
};
