import type { KioskCourse, KioskQuizResult } from '@sightline/contracts';
import { useCallback, useState, type ReactElement } from 'react';
import { AnswerByFace } from '../camera/AnswerByFace.tsx';
import { useSessionCamera } from '../camera/use-session-camera.ts';
import { ask, isDenied, type OwnPin } from '../link/api.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { WitnessEntry } from '../parts/WitnessEntry.tsx';
import type { Go } from '../route.ts';
import type { CourseRoute, QuizRun } from './course-route.ts';

type HandInRoute = Extract<CourseRoute, { readonly step: 'hand-in' | 'face' | 'pin' }>;

interface Props {
  readonly course: KioskCourse;
  readonly route: HandInRoute;
  readonly go: Go;
}

/** 交卷: by the own face, the own PIN, or that and a witness's. */
export function HandInSteps({ course, route, go }: Props): ReactElement {
  if (route.step === 'face') return <ByFace course={course} run={route.run} go={go} />;
  if (route.step === 'pin') return <ByPin course={course} route={route} go={go} />;
  return <Ways course={course} route={route} go={go} />;
}

function quizOf({ courseId, version }: KioskCourse, { personId, attemptId, answers }: QuizRun) {
  return { courseId, version, attemptId, personId, answers };
}

function Ways(props: {
  readonly course: KioskCourse;
  readonly route: Extract<CourseRoute, { readonly step: 'hand-in' }>;
  readonly go: Go;
}): ReactElement {
  const { course, route, go } = props;
  const { courseId, questions } = course;
  const { run, refused } = route;
  const person = usePerson(run.personId);
  const hasFace = useFaceTrouble() === null && person?.hasFace === true;
  const to = (hasWitness: boolean): void =>
    go({ page: 'course', courseId, step: 'pin', run, hasWitness });
  return (
    <main className="page">
      <PageHead
        onBack={() => go({ page: 'course', courseId, step: 'question', nth: questions - 1, run })}
        hint={<TwoLines textKey="course.how" />}
      >
        {person?.name ?? ''}
      </PageHead>
      <div className="person-ways">
        {hasFace && (
          <Tile
            icon="face"
            textKey="course.byFace"
            tone="main"
            onPress={() => go({ page: 'course', courseId, step: 'face', run })}
          />
        )}
        <Tile
          icon="pin"
          textKey="course.byPin"
          tone={hasFace ? 'plain' : 'main'}
          onPress={() => to(false)}
        />
        <Tile icon="people" textKey="course.byPinWitness" onPress={() => to(true)} />
      </div>
      <div className="refusal" role="alert">
        {refused !== null && <TwoLines textKey={refused} />}
      </div>
    </main>
  );
}

/** A look at the camera and one small thing to do; the end of the session says how the quiz went. */
function ByFace(props: {
  readonly course: KioskCourse;
  readonly run: QuizRun;
  readonly go: Go;
}): ReactElement {
  const { course, run, go } = props;
  const { courseId } = course;
  const camera = useSessionCamera();
  const body = JSON.stringify(quizOf(course, run));
  const leave = useCallback<Go>(
    (next) => {
      if (next.page !== 'result' || next.answer.outcome !== 'refused') return;
      const refused = refusalKey(next.answer.code);
      go({ page: 'course', courseId, step: 'hand-in', run, refused });
    },
    [go, courseId, run],
  );
  const wish = { path: '/api/course/hand-in/face', body, isAsked: true } as const;
  useAgentSession(camera.state === 'ready', wish, leave);
  return (
    <AnswerByFace
      camera={camera}
      pinKey="course.byPin"
      onBack={() => go({ page: 'course', courseId, step: 'hand-in', run, refused: null })}
      onPin={() => go({ page: 'course', courseId, step: 'pin', run, hasWitness: false })}
    />
  );
}

/** The own PIN; where a witness was asked for, who it is and then theirs. */
function ByPin(props: {
  readonly course: KioskCourse;
  readonly route: Extract<CourseRoute, { readonly step: 'pin' }>;
  readonly go: Go;
}): ReactElement {
  const { course, route, go } = props;
  const { courseId } = course;
  const { run, hasWitness } = route;
  const person = usePerson(run.personId);
  const [own, setOwn] = useState<OwnPin | null>(null);
  const [witnessId, setWitness] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | undefined>();
  const back = (): void => go({ page: 'course', courseId, step: 'hand-in', run, refused: null });

  async function handIn(pin: string, witness?: OwnPin): Promise<string | null> {
    const body = { ...quizOf(course, run), pin, ...(witness === undefined ? {} : { witness }) };
    const answer = await ask('/api/course/hand-in/pin', body);
    if (isDenied(answer)) return answer.denied;
    // The agent's own answer, whose shape the contracts fix.
    go({ page: 'course', courseId, step: 'done', result: answer as KioskQuizResult });
    return null;
  }

  async function takeOwn(pin: string): Promise<string | null> {
    if (!hasWitness) return handIn(pin);
    setOwn({ personId: run.personId, pin });
    return null;
  }

  async function takeWitness(witness: OwnPin): Promise<string | null> {
    const code = await handIn(own?.pin ?? '', witness);
    if (code === null || code.startsWith('witness-')) return code;
    // The own PIN was the wrong one: it is asked for again.
    setRefused(code);
    setOwn(null);
    setWitness(null);
    return null;
  }

  if (own === null) {
    return (
      <PinEntry
        name={person?.name ?? ''}
        askKey="course.enter"
        refused={refused}
        onBack={back}
        onPin={takeOwn}
      />
    );
  }
  return (
    <WitnessEntry
      ownId={run.personId}
      witnessId={witnessId}
      onChoose={setWitness}
      onBack={() => setOwn(null)}
      onWitness={takeWitness}
    />
  );
}

function usePerson(personId: string | null) {
  const { people } = useKiosk();
  return people.find((person) => person.personId === personId);
}
