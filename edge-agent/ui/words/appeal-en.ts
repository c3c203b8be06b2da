import type { Translated } from '@sightline/look';
import type { ownDutiesRefusalsZh, ownDutiesZh } from './appeal-zh.ts';

export const ownDutiesEn: Translated<typeof ownDutiesZh> = {
  ownDuties: {
    open: 'My duties',
    enter: 'Enter your own PIN',
    titles: {
      duties: 'My duties lately',
      changes: 'Shift changes with me',
      appeals: 'My appeals',
    },
    views: {
      duties: 'Duties {{count}}',
      changes: 'Changes {{count}}',
      appeals: 'Appeals {{count}}',
    },
    noneOf: {
      duties: 'No duty of yours in these days',
      changes: 'No swap, leave or take-over with you',
      appeals: 'You have not appealed',
    },
    hints: {
      duties: 'Two people answer an appeal; the record always stays',
      changes: 'Both agree, then the console approves: only then it is changed',
      appeals: 'Outcomes come with the link; the record always stays',
    },
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
    appealedOn: 'appealed {{day}}: {{reason}}',
    decidedOn: 'decided {{day}}: {{reason}}',
    appealState: {
      waiting: 'waits to be answered',
      upheld: 'corrected to: {{verdict}}',
      'turned-down': 'not upheld; the record stays',
      joined: 'beside an open appeal of this duty',
    },
    verdict: {
      'on-time': 'on time',
      late: 'late',
      covered: 'covered',
      absent: 'absent',
      'not-owed': 'nothing was owed',
      stands: 'the finding stands',
    },
  },
  shiftChange: {
    waiting: 'A shift change waits for {{name}}',
    waitingMany: 'Shift changes wait for {{count}} people',
    asked: 'a shift change waits',
    answer: 'Answer',
    look: 'Look',
    what: {
      swap: '{{holder}} swaps with {{other}}',
      leave: 'Leave for {{holder}}, {{other}} stands in',
      'take-over': '{{other}} takes over from {{holder}}',
    },
    state: {
      yours: 'waits for you',
      asked: 'waits for the other',
      agreed: 'both agree; waits for approval',
      declined: 'somebody declined',
      approved: 'approved',
      refused: 'refused',
      withdrawn: 'withdrawn',
    },
    own: { agreed: 'you agreed at {{time}}', declined: 'you declined at {{time}}' },
    late: 'your answer came too late and changed nothing',
    noted: 'The console wrote down that you agree. You may say so yourself, or not',
    other: { agreed: '{{name}} agreed here', declined: '{{name}} declined here' },
    takenAtOnce: 'The take-over has begun; it is approved afterwards',
    hint: 'You can answer once. Without a link it is sent later',
    agree: 'I agree',
    decline: 'I do not agree',
    kept: { agreed: 'You agreed', declined: 'You declined; it is kept' },
    next: {
      agreed: 'Once both agree the console approves, and it is changed',
      declined: 'The console sees it and cannot approve',
    },
  },
};

export const ownDutiesRefusalsEn: Translated<typeof ownDutiesRefusalsZh> = {
  'no-such-change': 'This terminal has no such request that asks for you. Go back and look again.',
  'change-ended': 'This request has an outcome already.',
  'no-such-duty': 'This terminal knows no such duty of yours. Go back and look again.',
};
