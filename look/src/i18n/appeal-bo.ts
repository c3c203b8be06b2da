import type { Translated } from './catalogue.ts';
import type { appealZh } from './appeal-zh.ts';

export const appealBo: Translated<typeof appealZh> = {
  appeal: {
    reason: {
      'terminal-broken': 'མཐའ་སྣེ་སྐྱོན་ཤོར།',
      'not-recognised': 'སླེབས་ཀྱང་ང་ངོ་མ་ཤེས།',
      'name-used': 'མི་གཞན་གྱིས་ངའི་མིང་བེད་སྤྱོད།',
      'was-replaced': 'མི་གཞན་གྱིས་ཚབ་བྱས་ཟིན།',
      'on-leave': 'ཉིན་དེར་དགོངས་པ་ཞུས།',
      'roster-wrong': 'འགན་རེའུ་མིག་ནོར་བ།',
      other: 'རྒྱུ་མཚན་གཞན།',
    },
  },
};
