import { useWords } from '@sightline/look';
import { clockTime } from '../clock-time.ts';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { NoticesLink } from '../notice/NoticesLink.tsx';
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
      </div>
    </main>
  );
}

const shownOnDuty = 4;

/** 本班当值. */
function DutyCard({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { shift, onDuty, people } = useKiosk();
  const name = shift.key.endsWith('night') ? 'home.night' : 'home.day';
  const [from, to] = [shift.from, shift.to].map(clockTime);
  const left = onDuty.length - shownOnDuty;
  return (
    <section className="duty">
      <div className="duty-shift">
        <TwoLines textKey={name} />
        <span className="duty-hours">{`${from} – ${to}`}</span>
      </div>
      {onDuty.length === 0 ? (
        <div className="duty-nobody">
          <Icon name="clock" />
          <TwoLines textKey="home.nobody" />
        </div>
      ) : (
        <div className="duty-people">
          <h2>{t('home.onDuty')}</h2>
          <ul>
            {onDuty.slice(0, shownOnDuty).map(({ personId, at }) => {
              const person = people.find((known) => known.personId === personId);
              return (
                <li key={personId}>
                  <b>{person?.name ?? '—'}</b>
                  <span>{t('home.since', { time: clockTime(at) })}</span>
                </li>
              );
            })}
          </ul>
          {left > 0 && <p>{t('home.more', { count: left })}</p>}
        </div>
      )}
      <div className="duty-links">
        <NoticesLink go={go} />
        <ChecksLink go={go} />
      </div>
    </section>
  );
}
