import type { ReactElement } from 'react';

const paths = {
  face: 'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M9 10v.5M15 10v.5M9 14.5a4 4 0 0 0 6 0',
  pin: 'M5.5 4.5h13a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM8.5 9h.01M12 9h.01M15.5 9h.01M8.5 12.5h.01M12 12.5h.01M15.5 12.5h.01M12 16h.01',
  people:
    'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19.5c.4-3.6 2.8-5.6 6-5.6s5.600 2 6 5.600M15.800 5.100a3.200 3.200 0 0 1 0 5.800M17.500 14.400c2 .8 3.200 2.600 3.500 5.100',
  check: 'M4.500 12.800 10 18 19.500 6.800',
  clock: 'M12 7v5.300l3.500 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  back: 'M14.500 5 7.500 12l7 7',
  erase:
    'M9 6h10.500a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9l-5.500-6zM11.500 9.500l5 5M16.500 9.500l-5 5',
  warn: 'M12 4.500 3 19.500h18zM12 10.500v4M12 17.200v.1',
  camera:
    'M4 8.500a1 1 0 0 1 1-1h2.600L9 5.500h6l1.400 2H19a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  noCamera:
    'M4 8.500a1 1 0 0 1 1-1h2.600L9 5.500h6l1.400 2H19a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 3l18 18',
  microphone:
    'M12 15a3.500 3.500 0 0 0 3.500-3.500V7a3.500 3.500 0 0 0-7 0v4.500A3.500 3.500 0 0 0 12 15zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3',
  speaker:
    'M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  // A face between the marks, crossed out.
  withdraw:
    'M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M9 9l6 6M15 9l-6 6',
  question: 'M9 9.300a3 3 0 1 1 4.300 2.700c-.9.4-1.300 1-1.300 2v.3M12 17.500v.1',
} as const;

export type IconName = keyof typeof paths;

/** A sign that carries the meaning for those who do not read. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
