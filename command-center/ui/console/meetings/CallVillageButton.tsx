import { useWords } from '@sightline/look';
import { type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useMay } from '../api/use-me.ts';
import { useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useCall } from './use-call.ts';

const ringSeconds = 120;

/** 连线: rings one village at once and goes to the room. */
export function CallVillageButton({ region }: { readonly region: string }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const call = useCall();
  const may = useMay('hold-meetings');
  const village = regions.byCode.get(region)?.name ?? region;

  async function ring(): Promise<void> {
    const meetingId = crypto.randomUUID();
    const isCalled = await call.run({
      meetingId,
      kind: 'call',
      title: t('meetings.call.oneTitle', { village }),
      region,
      invite: [region],
      withUpperVenues: false,
      startsAt: null,
      ringSeconds,
      isRemoteOpening: false,
    });
    if (isCalled) goTo(`/meetings/${region}/${meetingId}`);
  }

  return (
    <div className="call-village">
      <ActButton
        kind="main"
        reason={may ? null : t('meetings.mayNot')}
        isRunning={call.isRunning}
        onClick={() => void ring()}
      >
        {t('meetings.call.one')}
      </ActButton>
      <ProblemLine problem={call.problem} />
    </div>
  );
}
