import type { Translated } from '@sightline/look';
import type { register as chinese } from './register-zh.ts';

export const register: Translated<typeof chinese> = {
  imports: {
    lead: 'Checked first, applied after: an upload is compared row by row and changes nothing; only without errors can it be applied, and then undone.',
    new: 'Upload a workbook',
    kind: 'What is imported',
    kinds: { organisations: 'Organisations', members: 'Members' },
    template: 'Download an empty template',
    drop: 'Drop an .xlsx here, or click to choose one',
    dropWhat: 'At most 32 MB; no macros, formulas or merged cells.',
    sending: 'Uploading…',
    none: 'Nothing imported yet',
    noneWhat:
      'Download the template, fill it in and upload it; it is checked and changes nothing yet.',
    one: 'File',
    rows: 'Rows',
    madeAt: 'Uploaded',
    rowsRead: '{{count}} rows read',
    state: {
      reading: 'Checking',
      checked: 'Checked',
      applying: 'Applying',
      applied: 'Applied',
      undoing: 'Undoing',
      undone: 'Undone',
      failed: 'Not imported',
      discarded: 'Discarded',
    },
    stateWhat: {
      reading: 'You may leave the page; the check goes on.',
      checked: 'The register is unchanged so far.',
      applying: 'One moment: all of it counts, or nothing.',
      applied: 'The register is up to date.',
      undoing: 'Going back to what was before.',
      undone: 'As it was before.',
      failed: 'Nothing was changed.',
      discarded: 'Nothing was changed; upload it again if needed.',
    },
    outcome: { toAdd: 'to add', toChange: 'to change', same: 'same', wrong: 'wrong' },
    notDone: 'This file cannot be imported',
    nothingChanged: 'The register is unchanged. Mend the file and upload it again.',
    act: { apply: 'Apply', undo: 'Undo the import', discard: 'Discard' },
    ask: {
      apply: 'Apply {{fileName}}?',
      undo: 'Undo {{fileName}}?',
      discard: 'Discard {{fileName}}?',
    },
    askWhat: {
      apply:
        '{{toAdd}} rows will be added and {{toChange}} changed: all of them or none. It can be undone.',
      undo: 'The {{toAdd}} added rows go, the {{toChange}} changed ones are as before. What was changed again since cannot be undone.',
      discard:
        'The result of the check is removed; the register is unchanged ({{toAdd}} not added, {{toChange}} not changed).',
    },
    hasWrong: 'Some rows are wrong: mend the file and upload it again to apply it.',
    nothingToDo: 'The same as the register already: nothing to apply.',
    errors: 'Wrong rows',
    errorsWhat: 'Row numbers are those of Excel. One wrong row keeps the whole file out.',
    errorBook: 'Download the errors (.xlsx)',
    noErrors: 'No errors',
    row: 'Row',
    what: 'What is wrong, and what to do',
    column: 'Column {{column}}',
  },
  quality: {
    lead: 'What needs mending in the register and the equipment. Counts and places alone, no names.',
    where: 'Where to mend it',
    count: 'Count',
    fine: 'Nothing wrong',
    fineWhat: 'There is nothing to mend here.',
    more: 'and {{count}} more',
    check: {
      'organisations-without-region': 'Organisations without a region',
      'organisations-without-members': 'Branches without members',
      'people-without-post': 'Cadres without a post',
      'people-without-terminal': 'Villages with people and no terminal',
      'terminals-without-people': 'Villages with a terminal and no people',
      'doubtful-dates': 'Members with doubtful dates',
    },
    remedy: {
      'organisations-without-region': 'Open the organisation and say where it stands now.',
      'organisations-without-members': 'Find out: add its members, or end the branch.',
      'people-without-post': 'Open the village; retire the person and add them with their post.',
      'people-without-terminal':
        'Open the village; a system administrator makes its terminal and gives the device its code.',
      'terminals-without-people':
        'Open the village and add its people; until then nobody can check in there.',
      'doubtful-dates':
        'Joined before 18, joined in the future, or older than 110. Open the organisation and compare.',
    },
  },
};
