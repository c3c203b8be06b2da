import type { Translated } from '@sightline/look';
import type { keeping as chinese } from './meeting-keeping-zh.ts';

/** Not verified by a Tibetan reader yet, as the rest of the catalogue. */
export const keeping: Translated<typeof chinese> = {
  title: 'ཉར་ཚགས།',
  kind: {
    recordings: 'བརྙན་ཕབ།',
    decks: 'བརྙན་ཤོག། (ཡོད་ན)',
    lines: 'ཡི་གེ',
    title: 'ཚོགས་འདུའི་མིང་།',
  },
  until: '{{date}} བར་ཉར། (ཚོགས་འདུའི་རྗེས་ཉིན་ {{days}}) དེ་རྗེས་རང་འགུལ་གྱིས་བསུབ།',
  whileHeld: 'སྲུང་འཛིན་བྱེད་བཞིན་པས་མི་བསུབ།',
  erased: '{{date}} ལ་བསུབས་ཟིན། (ཚོགས་འདུའི་རྗེས་ཀྱི་ཉིན་ {{days}})',
  erasing: '▲ {{date}} ལ་བསུབ་རྒྱུ་ཐག་བཅད། ཡིག་ཆ་མེད་པར་གྱུར་མིན་གསལ་པོ་མེད།',
  byHand: '{{by}} ཡིས་དུས་སྔོན་ནས་བསུབས། {{reason}}',
  held: 'སྲུང་འཛིན་བྱེད་བཞིན་པས་དུས་ཡོལ་ཡང་མི་བསུབ།',
  why: 'རྒྱུ་མཚན། {{reason}}',
  hold: 'སྲུང་འཛིན།',
  release: 'སྲུང་འཛིན་འགྲོལ།',
  erase: 'ད་ལྟ་བསུབ།',
  eraseTitle: 'དུས་སྔོན་ནས་བསུབ། {{kind}}',
  heldFirst: 'སྔོན་ལ་སྲུང་འཛིན་འགྲོལ་དགོས།',
  registrarOnly: 'ཐོ་འགོད་པ་དགོས།',
  widerOnly: 'ཚོགས་འདུའི་ས་ཁུལ་འདེམས་པ་ལས་ཆེ།',
  attendance: 'ཞུགས་པ་དང་ལན། མིང་འབོད་བཅས་དོན་དངོས་ཡིན་པས་རྟག་ཏུ་ཉར།',
  reason: 'རྒྱུ་མཚན།',
  reasonFirst: 'སྔོན་ལ་རྒྱུ་མཚན་བྲིས།',
  what: {
    erase: 'བསུབས་རྗེས་སླར་གསོ་མི་ཐུབ། སུས་ནམ་ཅིའི་ཕྱིར་བསུབས་པ་རྟག་ཏུ་འཚོལ་ཐུབ།',
    hold: 'སྲུང་འཛིན་སྐབས་ཅི་ཡང་མི་བསུབ།',
    release: 'འགྲོལ་རྗེས་དུས་ལྟར་བསུབ། དུས་ཡོལ་བ་ཉིན་དེར་བསུབ།',
  },
  do: { erase: 'བསུབ།', hold: 'སྲུང་འཛིན།', release: 'སྲུང་འཛིན་འགྲོལ།' },
};
