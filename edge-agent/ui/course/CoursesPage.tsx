import type { KioskCourse } from '@sightline/contracts';
import { formatDate, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';

/** 课程, assigned last first: which are here, and how many have passed. */
export function CoursesPage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { courses } = useKiosk();
  return (
    <main className="page courses">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="course.title" />
      </PageHead>
      {courses.length === 0 ? (
        <p className="page-note">{t('course.none')}</p>
      ) : (
        <ul className="check-list" aria-label={t('course.title')}>
          {courses.map((course) => (
            <Line key={course.courseId} course={course} go={go} />
          ))}
        </ul>
      )}
      <div className="courses-foot">
        <DownloadNow courses={courses} />
        <p className="page-note">{t('course.hint')}</p>
      </div>
    </main>
  );
}

function Line({ course, go }: { readonly course: KioskCourse; readonly go: Go }): ReactElement {
  const { t } = useWords();
  const sayDue = useSayDue();
  const { courseId, title, tried } = course;
  const passed = tried.filter((one) => one.passed).length;
  return (
    <li>
      <button
        type="button"
        className={`check-line notice-line course-${course.package.state}`}
        onClick={() => go({ page: 'course', courseId, step: 'lessons' })}
      >
        <Icon name="book" />
        <span className="check-why">
          <b>{title}</b>
          <small>
            <PackageWords course={course} />
            {sayDue(course)}
          </small>
        </span>
        <span className="check-outcome">
          {passed > 0 && t('course.passedBy', { count: passed })}
        </span>
      </button>
    </li>
  );
}

/** · 12月31日 前完成; '' where there is no such day. */
export function useSayDue(): (course: KioskCourse) => string {
  const { t, language } = useWords();
  return ({ due }) => {
    if (due === undefined) return '';
    return ` · ${t('course.due', { date: formatDate(Temporal.PlainDate.from(due), language) })}`;
  };
}

export function PackageWords({ course }: { readonly course: KioskCourse }): ReactElement {
  const { t } = useWords();
  const { state, doneBytes } = course.package;
  const percent = Math.floor((100 * doneBytes) / course.bytes);
  return <span className="course-state">{t(`course.state.${state}`, { percent })}</span>;
}

/** 现在下载, where something is missing. */
export function DownloadNow({ courses }: { readonly courses: readonly KioskCourse[] }) {
  const [why, setWhy] = useState<string | null>(null);
  const states = courses.map((course) => course.package.state);
  if (states.every((state) => state === 'ready') || states.includes('downloading')) return null;

  async function download(): Promise<void> {
    const answer = await ask('/api/courses/download', {});
    setWhy(isDenied(answer) ? answer.denied : null);
  }

  return (
    <>
      {why !== null && <RefusalText code={why} />}
      <button type="button" className="way course-download" onClick={() => void download()}>
        <Icon name="cloud" />
        <TwoLines textKey="course.downloadNow" />
      </button>
    </>
  );
}
