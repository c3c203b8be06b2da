import type { CourseFigures } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

/** Villages that are to have it, and of them those that do: one bar; people in words, never in an order. */
export function CourseBar({ figures }: { readonly figures: CourseFigures }): ReactElement {
  const { t } = useWords();
  const { assigned, downloaded, completed, passed } = figures;
  if (assigned === 0) return <span className="quiet">{t('courses.notAssigned')}</span>;
  return (
    <span className="receipt-figures">
      <span className="receipt-bar" aria-hidden="true">
        <span className="receipt-read" style={{ width: `${(100 * downloaded) / assigned}%` }} />
      </span>
      <span data-course={`${assigned}/${downloaded}/${completed}/${passed}`}>
        {t('courses.figures', { assigned, downloaded, completed, passed })}
      </span>
    </span>
  );
}
