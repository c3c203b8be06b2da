import type { Translated } from '@sightline/look';
import type { handOvers as zh } from './hand-overs-zh.ts';

export const handOvers: Translated<typeof zh> = {
  handOvers: {
    title: 'Hand-over',
    open: 'Open',
    all: 'All',
    none: 'Nothing is open',
    noneWhat:
      'What people leave for the next shift when they check out at the terminal stands here.',
    left: 'left by {{name}}',
    accepted: 'accepted by {{name}}',
    done: 'done by {{name}}',
    somebody: 'somebody not registered',
    voice: 'Voice note of {{count}} s, at the terminal only',
    gone: {
      erased: 'The words were erased after their time',
      unreadable: 'The words cannot be opened',
      'not-opened': 'The words are being opened',
    },
  },
};
