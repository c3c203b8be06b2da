import type { Translated } from './catalogue.ts';
import type { appealZh } from './appeal-zh.ts';

export const appealEn: Translated<typeof appealZh> = {
  appeal: {
    reason: {
      'terminal-broken': 'the terminal was broken',
      'not-recognised': 'I came and was not recognised',
      'name-used': 'somebody used my name',
      'was-replaced': 'somebody took over',
      'on-leave': 'I was on leave',
      'roster-wrong': 'the roster was wrong',
      other: 'another reason',
    },
  },
};
