import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

/** The calm banner of home; not there where no course was ever assigned. */
export function CoursesLink({ go }: { readonly go: Go }): ReactElement | null {
  const { courses } = useKiosk();
  if (courses.length === 0) return null;
  const count = courses.length;
  const open = courses.filter(({ tried }) => !tried.some(({ passed }) => passed)).length;
  return (
    <button
      type="button"
      className="home-link courses-link"
      onClick={() => go({ page: 'courses' })}
    >
      <Icon name="book" />
      {open === 0 ? (
        <TwoLines textKey="course.link" values={{ count }} />
      ) : (
        <TwoLines textKey="course.linkOpen" values={{ count, open }} />
      )}
    </button>
  );
}
