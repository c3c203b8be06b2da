import type { Translated } from '@sightline/look';
import type { ownPerson as zh, ownPersonProblem as problemZh } from './own-person-zh.ts';

export const ownPerson: Translated<typeof zh> = {
  ownPerson: {
    button: 'མི་ངོ་མ།',
    title: '{{login}} གྲོང་ཚོའི་མི་སུ་ཡིན།',
    lead: 'མི་ངོ་མར་སྦྲེལ་རྗེས། ཐོ་ཁོངས་འདིས་རང་ཉིད་ཀྱི་ཡོ་བསྲང་དང་ཞུ་གཏུག རེས་བརྗེ། གུང་གསེང་། ཕྱིར་སོང་བཅས་ལ་ཆོག་མཆན་སྤྲོད་མི་ཐུབ། སྦྲེལ་བ་བཀྲོལ་རྗེས་ཀྱང་སྔོན་གྱི་རེས་ལ་ཆོག་མཆན་མི་ཐུབ།',
    none: 'གྲོང་ཚོའི་མི་ལ་སྦྲེལ་མེད།',
    of: '{{place}} གི་མི་ཞིག་ལ་སྦྲེལ་ཡོད།',
    village: 'གྲོང་ཚོ།',
    chooseVillage: 'སྔོན་ལ་གྲོང་ཚོ་འདེམས།',
    nobody: 'གྲོང་ཚོ་འདིར་མི་སྣ་མེད།',
    link: 'མི་འདི་ཡིན།',
    linked: 'ཐོ་ཁོངས་གཞན་ལ་སྦྲེལ་ཟིན།',
    end: 'བཀྲོལ་བ།',
    endAsk: '{{login}} གི་སྦྲེལ་བ་བཀྲོལ་ལམ།',
    notYourself: 'རང་ཉིད་སུ་ཡིན་བདེ་འཇགས་དོ་དམ་པ་གཞན་གྱིས་སྒྲུབ་དགོས།',
    endWhat: 'རྗེས་ཀྱི་རེས་ལ་ཚོད་འཛིན་མེད། སྔོན་གྱི་རེས་ལ་ཡོད།',
  },
};

export const ownPersonProblem: Translated<typeof problemZh> = {
  'own-matter': 'དོན་འདི་ཁྱེད་རང་དང་འབྲེལ་བས། ཤང་གི་ལས་བྱེད་གཞན་ནམ་རྫོང་གིས་ཐག་གཅོད་དགོས།',
  'account-closed': 'ཐོ་ཁོངས་འདི་མཚམས་བཞག་ཟིན།',
  'account-linked': 'ཐོ་ཁོངས་འདི་སྦྲེལ་ཟིན། སྔོན་ལ་བཀྲོལ་དགོས།',
  'person-linked': 'མི་འདི་ཐོ་ཁོངས་གཞན་ལ་སྦྲེལ་ཟིན། སྔོན་ལ་བཀྲོལ་དགོས།',
  'not-linked': 'ཐོ་ཁོངས་འདི་སུ་ལའང་སྦྲེལ་མེད།',
};
