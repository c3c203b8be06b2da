import type { Translated } from '@sightline/look';
import type { courseRefusalsZh, courseZh } from './course-zh.ts';

/** Not verified by a Tibetan reader yet, as the rest of the catalogue. */
export const courseBo: Translated<typeof courseZh> = {
  course: {
    title: 'སློབ་ཚན།',
    link: 'སློབ་ཚན་ {{count}}',
    linkOpen: 'སློབ་ཚན་ {{count}} སུས་ཀྱང་མ་ཚར་བ་ {{open}}',
    none: 'སློབ་ཚན་མེད།',
    hint: 'མཚན་མོར་རང་འགུལ་གྱིས་ཕབ་ལེན་བྱེད། དྲ་རྒྱ་མེད་ཀྱང་སྦྱོང་ཆོག ལན་གྱི་འབྲས་བུ་ཁོ་ན་ཐོ་འགོད།',
    due: '{{date}} སྔོན་ལ་ཚར་དགོས།',
    state: {
      waiting: 'མཚན་མོར་ཕབ་ལེན་སྒུག་བཞིན་པ།',
      downloading: 'ཕབ་ལེན་བྱེད་བཞིན་པ་ {{percent}}%',
      ready: 'སྦྱོང་ཆོག',
      'no-space': 'ཉར་ཚགས་ས་མི་འདང་། འཛུགས་སྐྱོང་པར་འབྲེལ་བ་གནང་རོགས།',
      failed: 'ཕབ་ལེན་ཆད་སོང་། རང་འགུལ་གྱིས་མུ་མཐུད་བྱེད།',
    },
    passedBy: 'འཕྲོད་པ་ {{count}}',
    downloadNow: 'ད་ལྟ་ཕབ་ལེན།',
    gone: 'སློབ་ཚན་འདི་ཕྱིར་འཐེན་ཟིན།',
    notHere: 'སློབ་ཚན་ཕབ་ལེན་མ་ཚར།',
    lessons: 'སློབ་ཚན་གྱི་ནང་དོན།',
    toQuiz: 'དྲི་བར་ལན་འདེབས།',
    rules: 'དྲི་བ་ {{questions}} · {{percent}}% ཐོབ་ན་འཕྲོད། · མི་རེར་ཐེངས་ {{tries}}',
    nextLesson: 'སློབ་ཚན་རྗེས་མ།',
    who: 'སུས་ལན་འདེབས། རང་གི་མིང་མནན་རོགས།',
    passed: 'འཕྲོད་ཟིན།',
    triesLeft: 'ད་དུང་ཐེངས་ {{count}}',
    question: 'དྲི་བ་ {{nth}} / {{of}}',
    single: 'གཅིག་འདེམས།',
    multiple: 'འགྲིག་པ་ཚང་མ་འདེམས།',
    next: 'རྗེས་མ།',
    handIn: 'ལན་སྤྲོད།',
    how: 'རང་ཉིད་ཀྱིས་ལན་ཇི་ལྟར་སྤྲོད།',
    byFace: 'གདོང་གིས་ལན་སྤྲོད།',
    byPin: 'གསང་གྲངས་ཀྱིས་ལན་སྤྲོད།',
    byPinWitness: 'གསང་གྲངས་དང་དཔང་པོས་ལན་སྤྲོད།',
    enter: 'རང་གི་གསང་གྲངས་བླུགས་ནས་ལན་སྤྲོད།',
    resultPassed: 'འཕྲོད་སོང་།',
    resultFailed: 'མ་འཕྲོད།',
    score: 'འགྲིག་པ་ {{score}} / {{of}}',
    toLesson: 'སློབ་ཚན་ལ་ལོག',
    noPlay: 'བརྙན་འདི་གཏོང་མི་ཐུབ། ཤང་ལ་འབྲེལ་བ་གནང་རོགས།',
  },
};

export const courseRefusalsBo: Translated<typeof courseRefusalsZh> = {
  'no-such-course': 'སློབ་ཚན་འདི་ཕྱིར་འཐེན་ཟིན།',
  'course-not-here': 'སློབ་ཚན་ཕབ་ལེན་མ་ཚར།',
  'no-tries-left': 'ལན་འདེབས་པའི་ཐེངས་གྲངས་རྫོགས་སོང་།',
  'quiz-of-another': 'འདི་ཁྱེད་ཀྱི་དྲི་ལན་མིན། རང་ཉིད་ཀྱིས་སྤྲོད་རོགས།',
  'not-its-answers': 'ལན་འདི་དྲི་བ་འདིའི་མིན། ཡང་བསྐྱར་ལན་འདེབས་རོགས།',
  'no-link': 'དྲ་རྒྱ་མི་འདུག འབྲེལ་ན་རང་འགུལ་གྱིས་ཕབ་ལེན་བྱེད།',
};
