import type { Translated } from '@sightline/look';
import type { complaintZh } from './complaint-zh.ts';

/** UNVERIFIED, as `bo.ts` says: no reader of Tibetan has checked these strings yet. */
export const complaintBo: Translated<typeof complaintZh> = {
  raise: {
    open: 'བསམ་འཆར།',
    title: 'བསམ་འཆར་དང་ཞུ་གཏུག',
    anonymous: 'སུས་བཤད་པ་ཐོ་མི་འགོད།',
    sentences: 'རྒྱུན་སྤྱོད་ཚིག (གསུམ་བར།)',
    text: 'གསལ་བཤད། (མ་བྲིས་ན་ཆོག)',
    send: 'འབུལ།',
    receipt: 'བྱུང་འཛིན་ཨང་།',
    noteIt: 'ཨང་འདི་བྲིས་རོགས། འདིས་ལན་འདྲི་ཆོག ཉིན་ {{count}} ནང་ལན་འདེབས།',
    failed: 'འབྱོར་མ་སོང་། ཡང་བསྐྱར་གནང་རོགས།',
  },
};
