import type { OwnDuty } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { ask, isDenied, type OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { AppealWriteStep, SayWhyStep } from './AppealSteps.tsx';
import { DutyWords } from './DutyWords.tsx';
import { newAppeal, type OwnDutiesRoute } from './appeal-route.ts';

interface Props {
  readonly route: OwnDutiesRoute;
  readonly go: Go;
}

/** 我的值班: own duties of the last days and what this terminal knows of them, and 申诉. */
export function OwnDutiesPage({ route, go }: Props): ReactElement {
  switch (route.step) {
    case 'pin':
      return <ProveStep personId={route.personId} go={go} />;
    case 'list':
      return <ListStep own={route.own} duties={route.duties} go={go} />;
    case 'say':
      return <SayWhyStep own={route.own} draft={route.draft} go={go} />;
    case 'write':
      return <AppealWriteStep own={route.own} draft={route.draft} go={go} />;
    case 'done':
      return <DoneStep duty={route.duty} go={go} />;
  }
}

function ProveStep({ personId, go }: { readonly personId: string; readonly go: Go }): ReactElement {
  const { people } = useKiosk();
  const name = people.find((known) => known.personId === personId)?.name ?? '';
  async function prove(pin: string): Promise<string | null> {
    const own = { personId, pin };
    const answer = await ask('/api/own-duties', own);
    if (isDenied(answer)) return answer.denied;
    // The agent's own answer, whose shape `contracts/watch/kiosk-appeal.ts` fixes.
    const { duties } = answer as { readonly duties: readonly OwnDuty[] };
    go({ page: 'own-duties', step: 'list', own, duties });
    return null;
  }
  return (
    <PinEntry
      name={name}
      askKey="ownDuties.enter"
      onBack={() => go({ page: 'person', personId })}
      onPin={prove}
    />
  );
}

interface ListProps {
  readonly own: OwnPin;
  readonly duties: readonly OwnDuty[];
  readonly go: Go;
}

function ListStep({ own, duties, go }: ListProps): ReactElement {
  const { t } = useWords();
  return (
    <main className="page own-duties">
      <PageHead onBack={() => go({ page: 'person', personId: own.personId })}>
        <TwoLines textKey="ownDuties.title" />
      </PageHead>
      {duties.length === 0 ? (
        <p className="page-note">{t('ownDuties.none')}</p>
      ) : (
        <ul className="own-duty-list" tabIndex={0} aria-label={t('ownDuties.title')}>
          {duties.map((duty) => (
            <li key={`${duty.post} ${duty.from}`}>
              <span className="own-duty-what">
                <DutyWords duty={duty} />
                <Known duty={duty} />
              </span>
              {duty.appeal === null ? (
                <button
                  type="button"
                  className="way"
                  onClick={() =>
                    go({ page: 'own-duties', step: 'say', own, draft: newAppeal(duty) })
                  }
                >
                  <Icon name="speech" />
                  <TwoLines textKey="ownDuties.appeal" />
                </button>
              ) : (
                <span className="own-duty-said">
                  <Icon name="check" />
                  {t('ownDuties.said', { reason: t(`appeal.reason.${duty.appeal.reason}`) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="page-note">{t('ownDuties.hint')}</p>
    </main>
  );
}

function Known({ duty: { checkedInAt } }: { readonly duty: OwnDuty }): ReactElement {
  const { t } = useWords();
  return (
    <span className="own-duty-known">
      {checkedInAt === null
        ? t('ownDuties.notHere')
        : t('ownDuties.here', { time: clockTime(checkedInAt) })}
    </span>
  );
}

/** What was kept, and what happens now; in the words of a receipt. */
function DoneStep({ duty, go }: { readonly duty: OwnDuty; readonly go: Go }): ReactElement {
  const { t } = useWords();
  return (
    <main className="page complaint-receipt">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="ownDuties.kept" />
      </PageHead>
      <div className="receipt own-duty-receipt">
        <DutyWords duty={duty} />
        {duty.appeal !== null && <span>{t(`appeal.reason.${duty.appeal.reason}`)}</span>}
        <TwoLines textKey="ownDuties.twoPeople" />
      </div>
      <button type="button" className="way way-main" onClick={() => go(home)}>
        <TwoLines textKey="complaint.ok" />
      </button>
    </main>
  );
}
