import type { OwnDuty, OwnShiftChange } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import { AppealRows } from './AppealRows.tsx';
import { AwayRows } from './AwayRows.tsx';
import {
  isWaitingFor,
  newAppeal,
  newAway,
  ownViews,
  type Found,
  type OwnView,
} from './appeal-route.ts';
import { ChangeState, ChangeWhat } from './ChangeWords.tsx';
import { DutyWords } from './DutyWords.tsx';

interface Props extends Found {
  readonly view: OwnView;
  readonly go: Go;
}

/** What there is of one person: one kind at a time, each as long as it is. */
export function OwnList({ own, found, view, go }: Props): ReactElement {
  const { t } = useWords();
  const count = found[view].length;
  const today = useKiosk().shift.key.slice(0, 10);
  return (
    <main className="page own-duties">
      <PageHead onBack={() => go({ page: 'person', personId: own.personId })}>
        <TwoLines textKey={`ownDuties.titles.${view}`} />
      </PageHead>
      <div className="own-views" role="group" aria-label={t('ownDuties.open')}>
        {ownViews.map((each) => (
          <button
            key={each}
            type="button"
            className="way"
            aria-pressed={each === view}
            onClick={() => go({ page: 'own-duties', step: 'list', own, found, view: each })}
          >
            <TwoLines textKey={`ownDuties.views.${each}`} values={{ count: found[each].length }} />
          </button>
        ))}
      </div>
      {count === 0 ? (
        <p className="page-note">{t(`ownDuties.noneOf.${view}`)}</p>
      ) : (
        <ul className="own-duty-list" tabIndex={0} aria-label={t(`ownDuties.titles.${view}`)}>
          {view === 'duties' &&
            found.duties.map((duty) => (
              <DutyRow
                key={`${duty.post} ${duty.from}`}
                duty={duty}
                onAppeal={() =>
                  go({ page: 'own-duties', step: 'say', own, draft: newAppeal(duty) })
                }
              />
            ))}
          {view === 'changes' &&
            found.changes.map((change) => (
              <ChangeRow
                key={change.ask.changeId}
                change={change}
                onOpen={() => go({ page: 'own-duties', step: 'change', own, found, change })}
              />
            ))}
          {view === 'appeals' && <AppealRows appeals={found.appeals} />}
          {view === 'absences' && <AwayRows absences={found.absences} />}
        </ul>
      )}
      <p className="page-note">{t(`ownDuties.hints.${view}`)}</p>
      {view === 'absences' && (
        <button
          type="button"
          className="way way-main"
          onClick={() =>
            go({ page: 'own-duties', step: 'away', own, found, draft: newAway(today) })
          }
        >
          <TwoLines textKey="absence.ask" />
        </button>
      )}
    </main>
  );
}

function DutyRow({
  duty,
  onAppeal,
}: {
  readonly duty: OwnDuty;
  readonly onAppeal: () => void;
}): ReactElement {
  const { t } = useWords();
  const { checkedInAt, appeal } = duty;
  return (
    <li>
      <span className="own-duty-what">
        <DutyWords duty={duty} />
        <span className="own-duty-known">
          {checkedInAt === null
            ? t('ownDuties.notHere')
            : t('ownDuties.here', { time: clockTime(checkedInAt) })}
        </span>
      </span>
      {appeal === null ? (
        <button type="button" className="way" onClick={onAppeal}>
          <Icon name="speech" />
          <TwoLines textKey="ownDuties.appeal" />
        </button>
      ) : (
        <span className="own-duty-said">
          <Icon name="check" />
          {t('ownDuties.said', { reason: t(`appeal.reason.${appeal.reason}`) })}
        </span>
      )}
    </li>
  );
}

function ChangeRow({
  change,
  onOpen,
}: {
  readonly change: OwnShiftChange;
  readonly onOpen: () => void;
}): ReactElement {
  const isWaiting = isWaitingFor(change);
  return (
    <li>
      <span className="own-duty-what">
        <b>
          <ChangeWhat ask={change.ask} />
        </b>
        <span className="own-duty-known">
          <ChangeState change={change} />
        </span>
      </span>
      <button type="button" className={isWaiting ? 'way way-main' : 'way'} onClick={onOpen}>
        <Icon name={isWaiting ? 'question' : 'eye'} />
        <TwoLines textKey={isWaiting ? 'shiftChange.answer' : 'shiftChange.look'} />
      </button>
    </li>
  );
}
