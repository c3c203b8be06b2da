import { PageBoundary } from '@sightline/look';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { afterFace } from './course/course-route.ts';
import { useReminder } from './duty/use-reminder.ts';
import { useLink, useLinkView } from './link/use-kiosk.ts';
import { MeetingBar } from './meeting/MeetingBar.tsx';
import { NoticePage } from './notice/NoticePage.tsx';
import { NoticesPage } from './notice/NoticesPage.tsx';
import { CheckInPage } from './pages/CheckInPage.tsx';
import { CodePage } from './pages/CodePage.tsx';
import { EnrolPage } from './pages/EnrolPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { NewPinPage } from './pages/NewPinPage.tsx';
import { ClosedPage, LostPage } from './pages/NoticePages.tsx';
import { PeoplePage } from './pages/PeoplePage.tsx';
import { PersonPage } from './pages/PersonPage.tsx';
import { PinPage } from './pages/PinPage.tsx';
import { ResultPage } from './pages/ResultPage.tsx';
import { TerminalCodePage } from './pages/TerminalCodePage.tsx';
import { WitnessPage } from './pages/WitnessPage.tsx';
import { CheckFacePage, CheckPinPage } from './spot-check/AnswerPages.tsx';
import { ChecksPage } from './spot-check/ChecksPage.tsx';
import { RingBar } from './spot-check/RingBar.tsx';
import { RingPage } from './spot-check/RingPage.tsx';
import { lazyPage } from './parts/lazy-page.tsx';
import { PlaceHeader } from './parts/PlaceHeader.tsx';
import { StatusStrip } from './parts/StatusStrip.tsx';
import {
  home,
  idleHomeMs,
  idleListeningMs,
  idleReadingMs,
  routeOf,
  type CheckRoute,
  type Go,
  type Route,
} from './route.ts';

// Opened now and then: the first page does without them.
const OwnDutiesPage = lazyPage(
  async () => (await import('./appeal/OwnDutiesPage.tsx')).OwnDutiesPage,
);
const ComplaintPage = lazyPage(
  async () => (await import('./complaint/ComplaintPage.tsx')).ComplaintPage,
);
const CoursePage = lazyPage(async () => (await import('./course/CoursePage.tsx')).CoursePage);
const CoursesPage = lazyPage(async () => (await import('./course/CoursesPage.tsx')).CoursesPage);
const HandOverPage = lazyPage(async () => (await import('./duty/HandOverPage.tsx')).HandOverPage);
const LeavePage = lazyPage(async () => (await import('./meeting/LeavePage.tsx')).LeavePage);
const MeetingPage = lazyPage(async () => (await import('./meeting/MeetingPage.tsx')).MeetingPage);
const MeetingsPage = lazyPage(
  async () => (await import('./meeting/MeetingsPage.tsx')).MeetingsPage,
);
const ConsentPage = lazyPage(async () => (await import('./pages/ConsentPage.tsx')).ConsentPage);
const ReadingsPage = lazyPage(async () => (await import('./pages/ReadingsPage.tsx')).ReadingsPage);
const WithdrawPage = lazyPage(async () => (await import('./pages/WithdrawPage.tsx')).WithdrawPage);
const SelfTestPage = lazyPage(
  async () => (await import('./self-test/SelfTestPage.tsx')).SelfTestPage,
);

/** The kiosk: header and status strip always, one page between them. */
export function App(): ReactElement {
  const { phase } = useLinkView();
  const [route, go] = useRoute(phase === 'lost');
  return (
    <div className="kiosk">
      <PlaceHeader />
      <Body route={route} go={go} />
      <StatusStrip go={go} />
    </div>
  );
}

function Body({ route, go }: PageProps): ReactElement | null {
  const { phase, state, lostAtMs } = useLinkView();
  if (phase === 'closed') return <ClosedPage />;
  if (phase === 'lost') return <LostPage sinceMs={lostAtMs ?? Date.now()} />;
  if (state === null) return null; // The first word comes within milliseconds.
  if (state.enrolment !== 'enrolled') return <TerminalCodePage />;
  return (
    <>
      <div className="ring-bars">
        <RingBar route={route} go={go} />
        <MeetingBar route={route} go={go} />
      </div>
      <PageBoundary pageKey={route.page} isUnattended>
        <Page route={route} go={go} />
      </PageBoundary>
    </>
  );
}

interface PageProps {
  readonly route: Route;
  readonly go: Go;
}

function Page({ route, go }: PageProps): ReactElement {
  useReminder();
  switch (route.page) {
    case 'home':
      return <HomePage go={go} />;
    case 'check-in':
      return <CheckInPage isAsked={route.isAsked} aim={route.aim} go={go} />;
    case 'pin':
      return <PinPage route={route} go={go} />;
    case 'witness':
      return <WitnessPage route={route} go={go} />;
    case 'people':
      return <PeoplePage go={go} />;
    case 'person':
      return <PersonPage personId={route.personId} go={go} />;
    case 'consent':
      return <ConsentPage personId={route.personId} go={go} />;
    case 'withdraw':
      return <WithdrawPage personId={route.personId} isSure={route.isSure} go={go} />;
    case 'code':
      return <CodePage personId={route.personId} purpose={route.purpose} go={go} />;
    case 'enrol':
      return <EnrolPage personId={route.personId} code={route.code} go={go} />;
    case 'new-pin':
      return <NewPinPage personId={route.personId} code={route.code} go={go} />;
    case 'complaint':
      return <ComplaintPage route={route} go={go} />;
    case 'hand-over':
      return <HandOverPage route={route} go={go} />;
    case 'own-duties':
      return <OwnDutiesPage route={route} go={go} />;
    case 'readings':
      return <ReadingsPage personId={route.personId} readings={route.readings} go={go} />;
    case 'checks':
      return <ChecksPage go={go} />;
    case 'spot-check':
      return <CheckSteps route={route} go={go} />;
    case 'notices':
      return <NoticesPage go={go} />;
    case 'notice':
      return <NoticePage key={route.noticeId} route={route} go={go} />;
    case 'meetings':
      return <MeetingsPage go={go} />;
    case 'meeting-leave':
      return <LeavePage personId={route.personId} go={go} />;
    case 'meeting':
      return <MeetingPage route={route} go={go} />;
    case 'courses':
      return <CoursesPage go={go} />;
    case 'course':
      return <CoursePage key={route.courseId} route={route} go={go} />;
    case 'self-test':
      return <SelfTestPage go={go} />;
    case 'result':
      return <ResultPage answer={route.answer} aim={route.aim} go={go} />;
  }
}

function CheckSteps({ route, go }: { readonly route: CheckRoute; readonly go: Go }): ReactElement {
  const { checkId } = route;
  if (route.step === 'pin') {
    return <CheckPinPage checkId={checkId} personId={route.personId} go={go} />;
  }
  if (route.step === 'face') return <CheckFacePage checkId={checkId} go={go} />;
  return <RingPage checkId={checkId} go={go} />;
}

/** Where the page is. Answers of the camera fill the screen; losing the agent or idling goes home. */
function useRoute(isLost: boolean): readonly [Route, Go] {
  const link = useLink();
  const [route, setRoute] = useState<Route>(home);
  const go = useCallback<Go>((next) => setRoute(next), []);
  useEffect(
    () =>
      link.onResult((answer) =>
        setRoute((from) => {
          // In a meeting an answer is shown where it was given.
          if (from.page === 'meeting') return from;
          const handedIn = from.page === 'course' ? afterFace(from, answer) : null;
          if (handedIn !== null) return handedIn;
          return routeOf(answer, from.page === 'check-in' ? from.aim : undefined);
        }),
      ),
    [link],
  );
  useEffect(() => {
    // A meeting is come back to when the agent is there again.
    if (isLost) setRoute((from) => (from.page === 'meeting' ? from : home));
  }, [isLost]);
  useUnaskedSession(route, go);
  useIdleHome(route, go);
  return [route, go];
}

/** The agent's own camera recognised somebody who pressed nothing, and asks for something: it is shown. */
function useUnaskedSession({ page }: Route, go: Go): void {
  const isActing = useLinkView().guide?.stage.kind === 'acting';
  useEffect(() => {
    if (page === 'home' && isActing) go({ page: 'check-in', isAsked: false });
  }, [page, isActing, go]);
}

/** Sessions and answers end by themselves; every other page is left when nobody touches it. */
function useIdleHome(route: Route, go: Go): void {
  useEffect(() => {
    const staysByItself = ['home', 'result', 'enrol', 'meeting'].includes(route.page);
    if (staysByItself || (route.page === 'spot-check' && route.step === 'ring')) return undefined;
    const idleMs = idleMsOf(route);
    let timer = setTimeout(() => go(home), idleMs);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => go(home), idleMs);
    };
    // A film that plays is being looked at.
    const signs = ['pointerdown', 'keydown', 'scroll', 'timeupdate'] as const;
    for (const sign of signs) addEventListener(sign, again, { capture: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, again, { capture: true });
    };
  }, [route, go]);
}

/** Who listens or reads touches nothing. */
function idleMsOf(route: Route): number {
  if (route.page === 'hand-over') return idleListeningMs;
  if (route.page === 'course' && !['pin', 'face'].includes(route.step)) return idleReadingMs;
  return route.page === 'notice' && route.step === 'read' ? idleReadingMs : idleHomeMs;
}
