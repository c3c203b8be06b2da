import type { SharedCatalogue } from './catalogue.ts';
import { appealBo } from './appeal-bo.ts';
import { complaintBo } from './complaint-bo.ts';
import { handOverBo } from './hand-over-bo.ts';

/**
 * UNVERIFIED: no reader of Tibetan has checked these strings yet. A key counts as checked only once
 * it is named in `verified-tibetan.ts`; until then pages say so, and safety texts show Chinese beside.
 */
export const bo: SharedCatalogue = {
  status: {
    'not-equipped': 'སྒྲིག་ཆས་མེད།',
    online: 'འབྲེལ་མཐུད་ཡོད།',
    stale: 'བརྡ་རྟགས་ཞན་པ།',
    offline: 'འབྲེལ་མཐུད་ཆད།',
    unknown: 'མི་ཤེས།',
  },
  duty: { onDuty: 'ལས་གཉེར་མི་ཡོད།', nobody: 'ལས་གཉེར་མི་མེད།' },
  link: {
    up: 'འབྲེལ་མཐུད་ཡོད།',
    down: 'འབྲེལ་མཐུད་མེད།',
    unknown: 'འབྲེལ་མཐུད་གནས་ཚུལ་མི་ཤེས།',
    since: '{{since}}',
    waiting: 'གཏོང་རྒྱུ་ {{count}}',
    nothingWaiting: 'ཚང་མ་བསྐུར་ཟིན།',
  },
  alarm: {
    1: 'རིམ་པ་ Ⅰ',
    2: 'རིམ་པ་ Ⅱ',
    3: 'རིམ་པ་ Ⅲ',
    4: 'རིམ་པ་ Ⅳ',
    one: 'ཉེན་བརྡ།',
    drill: 'སྦྱོང་བརྡར།',
  },
  place: {
    villages: 'གྲོང་ཚོ་ {{count}}',
    hive: 'སྦྲང་ཚང་རི་མོ། དྲ་མིག་རེར་གྲོང་ཚོ་རེ།',
  },
  button: {
    ok: 'གཏན་འཁེལ།',
    cancel: 'འདོར་བ།',
    back: 'ཕྱིར་ལོག',
    retry: 'ཡང་བསྐྱར།',
    close: 'སྒོ་རྒྱག',
    language: 'སྐད་ཡིག',
  },
  ...complaintBo,
  ...handOverBo,
  ...appealBo,
  safety: {
    help: 'རོགས་སྐྱོར་འབོད་པ།',
    holdThreeSeconds: 'སྐར་ཆ་ ༣ མནན་རོགས།',
    evacuate: 'ལམ་སེང་བདེ་འཇགས་ས་ཆར་འགྲོ་རོགས།',
  },
  broken: {
    title: 'ཤོག་ངོས་འདི་ཁ་མ་ཕྱེ།',
    why: 'དྲ་བ་ཆད་པའམ་མ་ལག་གསར་བསྒྱུར་བྱས་པ་ཡིན་སྲིད། ཕུལ་ཟིན་པ་ཚང་མ་ཉར་ཡོད།',
    remedy: 'ཡང་བསྐྱར་ཁ་ཕྱེ་རོགས། མ་བྱུང་ན་མ་ལག་དོ་དམ་པར་འབྲེལ་བ་གནང་རོགས།',
    byItself: 'སྐར་ཆ་ {{seconds}} རྗེས་རང་བཞིན་གྱིས་ཡང་བསྐྱར་ཁ་ཕྱེ། མ་བྱུང་ན་མ་ལག་དོ་དམ་པར་འབྲེལ་བ་གནང་རོགས།',
    reload: 'ཡང་བསྐྱར་ཁ་ཕྱེ།',
  },
  note: {
    demo: 'འགྲེམས་སྟོན་གྱི་གྲངས་གཞི་བཟོས་མ་ཡིན།',
    unverifiedTibetan: 'བོད་ཡིག་ཞིབ་བཤེར་བྱས་མེད།',
    computedCalendar: 'བོད་ཚེས་རྩིས་ནས་བཏོན་པ།',
  },
};
