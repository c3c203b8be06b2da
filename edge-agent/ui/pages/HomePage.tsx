import { clockTime } from '../clock-time.ts';
import type { ReactElement } from 'react';
import { ChangesLink } from '../appeal/ChangesLink.tsx';
import { CoursesLink } from '../course/CoursesLink.tsx';
import { DutyCard } from '../duty/DutyCard.tsx';
import { useKiosk } from '../link/use-kiosk.ts';
import { MeetingsLink } from '../meeting/MeetingsLink.tsx';
import { NoticesLink } from '../notice/NoticesLink.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { ChecksLink } from '../spot-check/ChecksLink.tsx';
import { byPin, type Go } from '../route.ts';

/** The first picture: who is on duty, and one large thing to do. */
export function HomePage({ go }: { readonly go: Go }): ReactElement {
  const { people, faceEnabled, faceLockedUntil } = useKiosk();
  const isLocked = faceLockedUntil !== null;
  const hasFaces = faceEnabled && !isLocked && people.some(({ hasFace }) => hasFace);
  return (
    <main className="home">
      <DutyCard go={go} />
      <div className="home-tiles">
        <Tile
          icon={isLocked ? 'pin' : 'face'}
          textKey="home.checkIn"
          tone="main"
          onPress={() => go(hasFaces ? { page: 'check-in', isAsked: true } : byPin)}
        >
          {isLocked && (
            <span className="tile-note">
              <TwoLines textKey="home.faceLocked" values={{ time: clockTime(faceLockedUntil) }} />
            </span>
          )}
        </Tile>
        <Tile icon="pin" textKey="home.pin" onPress={() => go(byPin)} />
        <Tile icon="people" textKey="home.people" onPress={() => go({ page: 'people' })} />
        <div className="home-links">
          <ChangesLink go={go} />
          <NoticesLink go={go} />
          <ChecksLink go={go} />
          <MeetingsLink go={go} />
          <CoursesLink go={go} />
        </div>
      </div>
    </main>
  );
}
