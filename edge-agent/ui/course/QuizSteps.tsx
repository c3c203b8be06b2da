import type { KioskCourse, KioskCourseContent } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { QuizOptions } from '@sightline/look/course';
import { useEffect, type ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { methodKeys } from '../pages/answer-look.ts';
import { playTone } from '../sound/tone.ts';
import type { CourseRoute, QuizRun } from './course-route.ts';
import { HandInSteps } from './HandInSteps.tsx';

interface Props {
  readonly course: KioskCourse;
  readonly content: KioskCourseContent;
  readonly route: Exclude<CourseRoute, { readonly step: 'lessons' | 'who' | 'lesson' }>;
  readonly go: Go;
}

/** 答题: question by question, handed in by whose quiz it is, the result at once. */
export function QuizSteps({ course, content, route, go }: Props): ReactElement {
  if (route.step === 'done') return <Result course={course} route={route} go={go} />;
  if (route.step === 'question') {
    return <Question content={content} nth={route.nth} run={route.run} go={go} />;
  }
  return <HandInSteps course={course} route={route} go={go} />;
}

interface QuestionProps {
  readonly content: KioskCourseContent;
  readonly nth: number;
  readonly run: QuizRun;
  readonly go: Go;
}

function Question({ content, nth, run, go }: QuestionProps): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const { courseId, questions } = content;
  const question = questions[nth];
  const chosen = run.answers[nth] ?? [];
  const at = (next: number, answers = run.answers): void =>
    go({ page: 'course', courseId, step: 'question', nth: next, run: { ...run, answers } });
  const choose = (option: number): void => {
    const others = question?.kind === 'single' ? [] : chosen.filter((one) => one !== option);
    const isOff = question?.kind === 'multiple' && chosen.includes(option);
    at(nth, run.answers.with(nth, isOff ? others : [...others, option]));
  };
  const name = people.find(({ personId }) => personId === run.personId)?.name ?? '';
  const isLast = nth + 1 >= questions.length;
  return (
    <main className="page quiz">
      <PageHead
        onBack={() => (nth === 0 ? go({ page: 'course', courseId, step: 'who' }) : at(nth - 1))}
        hint={`${name} · ${t('course.question', { nth: nth + 1, of: questions.length })} · ${t(
          `course.${question?.kind ?? 'single'}`,
        )}`}
      >
        {question?.text ?? ''}
      </PageHead>
      <QuizOptions options={question?.options ?? []} marked={chosen} onChoose={choose} />
      <Tile
        icon={isLast ? 'pen' : 'play'}
        textKey={isLast ? 'course.handIn' : 'course.next'}
        tone={isLast ? 'main' : 'plain'}
        onPress={() =>
          isLast
            ? go({ page: 'course', courseId, step: 'hand-in', run, refused: null })
            : at(nth + 1)
        }
      />
    </main>
  );
}

/** How it went, at once; it may be tried again while tries are left. */
function Result(props: {
  readonly course: KioskCourse;
  readonly route: Extract<CourseRoute, { readonly step: 'done' }>;
  readonly go: Go;
}): ReactElement {
  const { course, route, go } = props;
  const { courseId } = course;
  const { t } = useWords();
  const { personId, method, score, of, passed, triesLeft, waiting } = route.result;
  const { people } = useKiosk();
  useEffect(() => {
    playTone(passed ? 'good' : 'again');
  }, [passed]);
  return (
    <main className={`result result-${passed ? 'good' : 'again'}`}>
      <div className="result-sign">
        <Icon name={passed ? 'check' : 'book'} />
      </div>
      <div className="result-text" role="alert">
        <div className="result-word">
          <TwoLines textKey={passed ? 'course.resultPassed' : 'course.resultFailed'} />
        </div>
        <p className="result-name">
          {people.find((person) => person.personId === personId)?.name ?? ''}
        </p>
        <p className="result-line">
          <TwoLines textKey="course.score" values={{ score, of }} />
        </p>
        <p className="result-facts">{t(methodKeys[method])}</p>
        {waiting && (
          <p className="result-line">
            <TwoLines textKey="result.waiting" />
          </p>
        )}
      </div>
      <div className="result-ways">
        <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
        {!passed && triesLeft > 0 && (
          <Tile
            icon="book"
            textKey="course.toLesson"
            tone="main"
            onPress={() => go({ page: 'course', courseId, step: 'lessons' })}
          />
        )}
      </div>
    </main>
  );
}
