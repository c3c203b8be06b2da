import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { consentVersion } from '#domain/consent.ts';
import { CameraView } from '../camera/CameraView.tsx';
import { useSessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import type { Go } from '../route.ts';
import { Ask, NoCamera } from './CheckInPage.tsx';

interface Props {
  readonly personId: string;
  readonly code: string;
  readonly go: Go;
}

/** 录入: good frames, counted, until there are enough. */
export function EnrolPage({ personId, code, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const { guide } = useLinkView();
  const camera = useSessionCamera();
  const body = JSON.stringify({ personId, code, consentVersion });
  useAgentSession(camera.state === 'ready', { path: '/api/enrol', body }, go);
  const name = people.find((person) => person.personId === personId)?.name ?? '';
  const { frames, of } = guide?.progress ?? { frames: 0, of: 5 };
  const isBroken = camera.state !== 'ready' && camera.state !== 'opening';
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'person', personId })}>
        {t('enrol.title', { name })}
      </PageHead>
      <CameraView camera={camera} isGood={guide?.word === 'hold-still'}>
        {isBroken ? (
          <NoCamera state={camera.state} />
        ) : (
          <Ask
            word={
              camera.state === 'opening'
                ? 'camera.opening'
                : `guide.${guide?.word ?? 'look-at-camera'}`
            }
          />
        )}
      </CameraView>
      <div className="progress" role="progressbar" aria-valuenow={frames} aria-valuemax={of}>
        {Array.from({ length: of }, (_, i) => (
          <span key={i} className={i < frames ? 'progress-full' : ''} />
        ))}
      </div>
    </main>
  );
}
