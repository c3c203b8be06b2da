import type { OwnDuties, OwnDuty } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { AppealWriteStep, SayWhyStep } from './AppealSteps.tsx';
import { firstView, type OwnDutiesRoute } from './appeal-route.ts';
import { AwayKeptStep, AwayStep } from './AwaySteps.tsx';
import { AnsweredStep, ChangeStep } from './ChangeSteps.tsx';
import { DutyWords } from './DutyWords.tsx';
import { OwnList } from './OwnList.tsx';

interface Props {
  readonly route: OwnDutiesRoute;
  readonly go: Go;
}

/** 我的值班: own duties, shift changes and appeals, and what this terminal knows of them. */
export function OwnDutiesPage({ route, go }: Props): ReactElement {
  switch (route.step) {
    case 'pin':
      return <ProveStep personId={route.personId} go={go} />;
    case 'list':
      return <OwnList own={route.own} found={route.found} view={route.view} go={go} />;
    case 'change':
      return <ChangeStep own={route.own} found={route.found} change={route.change} go={go} />;
    case 'answered':
      return <AnsweredStep change={route.change} go={go} />;
    case 'away':
      return <AwayStep own={route.own} found={route.found} draft={route.draft} go={go} />;
    case 'away-kept':
      return <AwayKeptStep absence={route.absence} go={go} />;
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
    const found = answer as OwnDuties;
    go({ page: 'own-duties', step: 'list', own, found, view: firstView(found) });
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
