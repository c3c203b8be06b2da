import type { KioskCourse, KioskCourseContent } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import type { CourseRoute } from './course-route.ts';
import { DownloadNow, PackageWords, useSayDue } from './CoursesPage.tsx';
import { LessonPage } from './LessonPage.tsx';
import { QuizSteps } from './QuizSteps.tsx';
import { useContent } from './use-content.ts';

interface Props {
  readonly route: CourseRoute;
  readonly go: Go;
}

/** One course: its lessons, and the quiz by which it is completed. */
export function CoursePage({ route, go }: Props): ReactElement {
  const { courses } = useKiosk();
  const course = courses.find(({ courseId }) => courseId === route.courseId);
  const isReady = course?.package.state === 'ready';
  const content = useContent(route.courseId, isReady ? course.version : null);
  if (course === undefined) return <Gone go={go} />;
  if (content === null) return <NotHere course={course} go={go} />;
  if (route.step === 'lesson') {
    return <LessonPage content={content} nth={route.nth} go={go} />;
  }
  if (route.step === 'lessons') return <Lessons course={course} content={content} go={go} />;
  if (route.step === 'who') return <Who course={course} content={content} go={go} />;
  return <QuizSteps course={course} content={content} route={route} go={go} />;
}

function Gone({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'courses' })}>
        <TwoLines textKey="course.title" />
      </PageHead>
      <p className="page-note">{t('course.gone')}</p>
    </main>
  );
}

function NotHere({ course, go }: { readonly course: KioskCourse; readonly go: Go }) {
  const { t } = useWords();
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'courses' })} hint={<PackageWords course={course} />}>
        {course.title}
      </PageHead>
      <p className="page-note">{t('course.notHere')}</p>
      <div className="courses-foot">
        <DownloadNow courses={[course]} />
      </div>
    </main>
  );
}

interface ContentProps {
  readonly course: KioskCourse;
  readonly content: KioskCourseContent;
  readonly go: Go;
}

function Lessons({ course, content, go }: ContentProps): ReactElement {
  const { t } = useWords();
  const sayDue = useSayDue();
  const { courseId, questions, passPercent, tries } = course;
  const rules = t('course.rules', { questions, percent: passPercent, tries });
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'courses' })} hint={rules + sayDue(course)}>
        {course.title}
      </PageHead>
      <ol className="check-list course-lessons" aria-label={t('course.lessons')}>
        {content.lessons.map(({ kind, title }, nth) => (
          <li key={`${nth} ${title}`}>
            <button
              type="button"
              className="check-line notice-line"
              onClick={() => go({ page: 'course', courseId, step: 'lesson', nth })}
            >
              <Icon name={kind === 'video' ? 'play' : 'letter'} />
              <span className="check-why">
                <b>{title}</b>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <Tile
        icon="pen"
        textKey="course.toQuiz"
        tone="main"
        onPress={() => go({ page: 'course', courseId, step: 'who' })}
      />
    </main>
  );
}

/** Whose quiz it is: everybody's own tries. */
function Who({ course, content, go }: ContentProps): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const { courseId, tries } = course;
  const begin = (personId: string): void => {
    const run = {
      personId,
      attemptId: crypto.randomUUID(),
      answers: content.questions.map(() => []),
    };
    go({ page: 'course', courseId, step: 'question', nth: 0, run });
  };
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'course', courseId, step: 'lessons' })}>
        <TwoLines textKey="course.who" />
      </PageHead>
      {people.length === 0 ? (
        <NoPeople />
      ) : (
        <div className="people">
          {people.map(({ personId, name, post }) => {
            const own = course.tried.find((one) => one.personId === personId);
            const left = tries - (own?.tries ?? 0);
            const word = own?.passed === true ? 'course.passed' : 'course.triesLeft';
            return (
              <button
                key={personId}
                type="button"
                className="person"
                disabled={left === 0}
                onClick={() => begin(personId)}
              >
                <span className="person-name">
                  <b>{name}</b>
                  <small>{own === undefined ? post : t(word, { count: left })}</small>
                </span>
                {own?.passed === true && <Icon name="check" />}
              </button>
            );
          })}
        </div>
      )}
    </main>
  );
}
