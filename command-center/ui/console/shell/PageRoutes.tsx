import { PageBoundary } from '@sightline/look';
import { lazy, Suspense, type ReactElement } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useMe } from '../api/use-me.ts';
import { NotYours } from './NotYours.tsx';
import type { PlaceProps } from './place-props.ts';
import { firstPageFor, pagesFor, type PagePath } from './pages.ts';

const VillagesPage = lazy(() =>
  import('../pages/VillagesPage.tsx').then((page) => ({ default: page.VillagesPage })),
);
const LedgerPage = lazy(() =>
  import('../pages/LedgerPage.tsx').then((page) => ({ default: page.LedgerPage })),
);
const SpotChecksPage = lazy(() =>
  import('../pages/SpotChecksPage.tsx').then((page) => ({ default: page.SpotChecksPage })),
);
const RosterPage = lazy(() =>
  import('../pages/RosterPage.tsx').then((page) => ({ default: page.RosterPage })),
);
const NoticesPage = lazy(() =>
  import('../pages/NoticesPage.tsx').then((page) => ({ default: page.NoticesPage })),
);
const MeetingsPage = lazy(() =>
  import('../pages/MeetingsPage.tsx').then((page) => ({ default: page.MeetingsPage })),
);
const CoursesPage = lazy(() =>
  import('../pages/CoursesPage.tsx').then((page) => ({ default: page.CoursesPage })),
);
const TerminalsPage = lazy(() =>
  import('../pages/TerminalsPage.tsx').then((page) => ({ default: page.TerminalsPage })),
);
const OrganisationsPage = lazy(() =>
  import('../pages/OrganisationsPage.tsx').then((page) => ({ default: page.OrganisationsPage })),
);
const ImportsPage = lazy(() =>
  import('../pages/ImportsPage.tsx').then((page) => ({ default: page.ImportsPage })),
);
const QualityPage = lazy(() =>
  import('../pages/QualityPage.tsx').then((page) => ({ default: page.QualityPage })),
);
const RemindersPage = lazy(() =>
  import('../pages/RemindersPage.tsx').then((page) => ({ default: page.RemindersPage })),
);
const ComplaintsPage = lazy(() =>
  import('../pages/ComplaintsPage.tsx').then((page) => ({ default: page.ComplaintsPage })),
);
const TroublePage = lazy(() =>
  import('../pages/TroublePage.tsx').then((page) => ({ default: page.TroublePage })),
);
const AuditPage = lazy(() =>
  import('../pages/AuditPage.tsx').then((page) => ({ default: page.AuditPage })),
);
const AccessPage = lazy(() =>
  import('../pages/AccessPage.tsx').then((page) => ({ default: page.AccessPage })),
);
const SessionsPage = lazy(() =>
  import('../pages/SessionsPage.tsx').then((page) => ({ default: page.SessionsPage })),
);

const components: Readonly<Record<PagePath, (place: PlaceProps) => ReactElement>> = {
  villages: ({ region }) => <VillagesPage region={region} />,
  ledger: (place) => <LedgerPage {...place} />,
  checks: (place) => <SpotChecksPage {...place} />,
  roster: (place) => <RosterPage {...place} />,
  notices: (place) => <NoticesPage {...place} />,
  meetings: (place) => <MeetingsPage {...place} />,
  courses: (place) => <CoursesPage {...place} />,
  terminals: (place) => <TerminalsPage {...place} />,
  organisations: (place) => <OrganisationsPage {...place} />,
  imports: ({ region: importId }) => <ImportsPage importId={importId} />,
  quality: (place) => <QualityPage {...place} />,
  reminders: (place) => <RemindersPage {...place} />,
  complaints: (place) => <ComplaintsPage {...place} />,
  trouble: ({ region }) => <TroublePage region={region} />,
  audit: () => <AuditPage />,
  access: () => <AccessPage />,
};

/** The page of the route, where this account may see it; else the one it lands on. */
export function PageRoutes(): ReactElement {
  const { roles } = useMe();
  const [place] = useLocation();
  const own = new Set(pagesFor(roles).map(({ path }) => path));
  return (
    <PageBoundary pageKey={place} isUnattended={false}>
      <Suspense fallback={null}>
        <Switch>
          {pathsOf(components).map((path) => (
            <Route key={path} path={`/${path}/:region?/:chosen?`}>
              {({ region, chosen }) =>
                own.has(path) ? components[path]({ region, chosen }) : <NotYours page={path} />
              }
            </Route>
          ))}
          <Route path="/sessions" component={SessionsPage} />
          <Route>
            <Redirect to={`/${firstPageFor(roles)}`} replace />
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function pathsOf(record: typeof components): readonly PagePath[] {
  // The keys of `components` are those it is declared with.
  return Object.keys(record) as PagePath[];
}
