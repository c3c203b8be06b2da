import type { Translated } from '@sightline/look';
import type { ownDutiesRefusalsZh, ownDutiesZh } from './appeal-zh.ts';

export const ownDutiesEn: Translated<typeof ownDutiesZh> = {
  ownDuties: {
    open: 'My duties',
    enter: 'Enter your own PIN',
    title: 'My duties lately',
    none: 'No duty of yours in these days',
    hint: 'Two people answer an appeal; the record always stays',
    notHere: 'no check-in of it was made here',
    here: 'checked in here at {{time}}',
    appeal: 'Appeal',
    said: 'appealed: {{reason}}',
    why: 'What is wrong?',
    chooseFirst: 'Choose why',
    send: 'Send the appeal',
    writeHint: 'At most 200 characters, sealed; nobody else’s name, please',
    kept: 'Your appeal is kept',
    twoPeople: 'Two people will look at it',
    span: { day: 'day', night: 'night', full: '24 hours' },
    post: { lead: 'lead', watch: 'watch', standby: 'standby' },
  },
};

export const ownDutiesRefusalsEn: Translated<typeof ownDutiesRefusalsZh> = {
  'no-such-duty': 'This terminal knows no such duty of yours. Go back and look again.',
};
