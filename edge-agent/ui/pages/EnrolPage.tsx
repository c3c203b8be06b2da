import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { consentVersion } from '#domain/consent.ts';
import { faceLimits } from '#domain/face-limits.ts';
import { SessionView } from '../camera/SessionView.tsx';
import { useSessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Steps } from '../parts/Steps.tsx';
import type { Go } from '../route.ts';

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
  useAgentSession(camera.state === 'ready', { path: '/api/enrol', body, isAsked: true }, go);
  const name = people.find((person) => person.personId === personId)?.name ?? '';
  const { frames, of } = guide?.progress ?? { frames: 0, of: faceLimits.enrolFrames };
  return (
    <main className="session session-headed">
      <PageHead onBack={() => go({ page: 'person', personId })}>
        {t('enrol.title', { name })}
      </PageHead>
      <SessionView camera={camera} />
      <div className="session-foot">
        <Steps done={frames} of={of} labelKey="enrol.title" values={{ name }} />
      </div>
    </main>
  );
}
