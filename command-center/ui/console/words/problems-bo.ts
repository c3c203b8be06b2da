import type { Translated } from '@sightline/look';
import type { problem as chinese } from './problems-zh.ts';

/** UNVERIFIED, like all Tibetan here. */
export const problem: Translated<typeof chinese> = {
  unreachable: 'ཞབས་ཞུ་དང་འབྲེལ་མ་ཐུབ། རྗེས་སུ་ཚོད་ལྟ་གནང་རོགས།',
  fault: 'ཞབས་ཞུས་འགྲུབ་མ་ཐུབ། ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།',
  'wrong-credentials': 'ཐོ་མིང་ངམ་གསང་ཨང་ནོར་འདུག',
  'too-many-attempts': 'གསང་ཨང་ནོར་ཐེངས་མང་དྲགས། སྐར་མ་ ༡༥ རྗེས་ཚོད་ལྟ་གནང་རོགས།',
  'too-many-requests': 'ཞུ་བ་མང་དྲགས། སྐར་མ་གཅིག་རྗེས་ཚོད་ལྟ་གནང་རོགས།',
  'bad-login': 'ཐོ་མིང་འཐུས་མི་ཚང་།',
  'bad-password': 'གསང་ཨང་འཐུས་མི་ཚང་།',
  'login-taken': 'ཐོ་མིང་འདི་གཞན་གྱིས་བེད་སྤྱོད་བྱས་ཟིན།',
  'dead-link': 'དྲ་ཐག་འདི་རྩིས་མེད།',
  'not-signed-in': 'ཡང་བསྐྱར་ནང་འཛུལ་གནང་རོགས།',
  role: 'ཁྱེད་ཀྱིས་འདི་བྱེད་མི་ཐུབ།',
  'outside-scope': 'ས་ཁུལ་དེ་ཁྱེད་ཀྱི་ཁྱབ་ཁོངས་སུ་མེད།',
  'village-full': 'གྲོང་ཚོ་འདིར་མི་ ༢༠ ཡོད། གཅིག་མཚམས་འཇོག་རོགས།',
  'terminals-full': 'གྲོང་ཚོ་འདིའི་མཐའ་སྣེ་ཁེངས་འདུག',
  'same-name': 'མིང་དང་འགན་ཁུར་གཅིག་པ་འདུག རྟགས་ཤིག་སྣོན་རོགས།',
  'no-name': 'མིང་བྲིས་རོགས།',
  'not-active': 'མི་འདི་མིང་ཐོར་མི་འདུག',
  'no-such-terminal': 'མཐའ་སྣེ་དེ་མི་འདུག',
  'no-such-village': 'གྲོང་ཚོ་དེ་མི་འདུག',
  'too-many-grants': 'ཨང་མང་དྲགས། སྐར་མ་བཅུ་རྗེས་ཚོད་ལྟ་གནང་རོགས།',
  conflict: 'གཞན་གྱིས་བཟོ་བཅོས་བྱས་འདུག ཡང་བསྐྱར་ཚོད་ལྟ་གནང་རོགས།',
};
