import type { Translated } from '@sightline/look';
import type { handOvers as zh } from './hand-overs-zh.ts';

/** UNVERIFIED, as `bo.ts` says: no reader of Tibetan has checked these strings yet. */
export const handOvers: Translated<typeof zh> = {
  handOvers: {
    title: 'ལས་རེས་རྩིས་སྤྲོད།',
    open: 'མ་ཚར་བ།',
    all: 'ཚང་མ།',
    none: 'མ་ཚར་བའི་རྩིས་སྤྲོད་མེད།',
    noneWhat: 'ལས་རེས་གྲོལ་སྐབས་འཕྲུལ་ཆས་ཐོག་བཞག་པའི་དོན་ཚན་འདིར་མངོན།',
    left: '{{name}} ནས་སྤྲད།',
    accepted: '{{name}} ནས་བླངས།',
    done: '{{name}} ནས་ཚར།',
    somebody: 'ཐོ་འགོད་མེད་པའི་མི།',
    voice: 'སྒྲ་འཕྲིན་སྐར་ཆ་ {{count}} འཕྲུལ་ཆས་ཁོ་ནར་ཡོད།',
    gone: {
      erased: 'ཡི་གེ་དུས་ཐོག་བསུབས་ཟིན།',
      unreadable: 'ཡི་གེ་ཁ་ཕྱེ་མི་ཐུབ།',
      'not-opened': 'ཡི་གེ་ཁ་ཕྱེ་བཞིན་པ།',
    },
  },
};
