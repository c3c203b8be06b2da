import type { Translated } from '@sightline/look';
import type { keys as chinese } from './keys-zh.ts';

export const keys: Translated<typeof chinese> = {
  help: {
    title: 'Keyboard and help',
    search: 'Find a region',
    down: 'Next row',
    up: 'Previous row',
    open: 'Open the chosen row',
    act: 'Act on what is chosen (apply an import, take up a complaint)',
    export: 'Export the list',
    help: 'Open this help',
    close: 'Close a window',
    audit: 'Every reading of names stands in the audit: who, where and why.',
  },
  export: {
    button: 'Export',
    xlsx: 'Excel workbook (.xlsx)',
    csv: 'Plain text (.csv)',
    most: 'The whole list, at most {{rows}} rows',
    audited: 'The whole list, at most {{rows}} rows; it names people, so exporting is audited',
  },
  row: { expand: 'Expand the row', collapse: 'Collapse the row' },
  notYours: {
    what: 'Your role: {{roles}}.',
    go: 'Go to “{{page}}”',
  },
};
