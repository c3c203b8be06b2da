import type { SelfTest } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import { useState, type ReactElement, type ReactNode } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { playTone } from '../sound/tone.ts';
import { useMedia } from './use-media.ts';

/** 设备自检. Somebody who stands here says whether they see themselves, are heard, and hear. */
export function SelfTestPage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { camera, shutter } = useKiosk();
  const media = useMedia(camera.owner === 'page', shutter.isShut);
  const [isSeen, setSeen] = useState<boolean | null>(null);
  const [isHeard, setHeard] = useState<boolean | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const hasPicture = camera.owner === 'page' ? media.hasPicture : camera.state === 'ready';
  const isAnswered = (isSeen !== null || hasPicture === false) && isHeard !== null;

  const send = async (): Promise<void> => {
    const answer = await ask('/api/self-test', {
      camera: hasPicture === false ? 'absent' : isSeen === true ? 'seen' : 'not-seen',
      microphone: media.hasMicrophone === false ? 'absent' : media.wasHeard ? 'heard' : 'silent',
      speaker: isHeard === true ? 'heard' : 'not-heard',
    } satisfies Omit<SelfTest, 'at'>);
    if (isDenied(answer)) setRefused(answer.denied);
    else go(home);
  };

  return (
    <main className="page self-test">
      <PageHead onBack={() => go({ page: 'people' })} hint={t('selfTest.nothingKept')}>
        <TwoLines textKey="selfTest.title" />
      </PageHead>
      <div className="self-test-parts">
        <Part icon="camera" title={t('selfTest.camera')}>
          {camera.owner === 'page' && hasPicture !== false ? (
            <video ref={media.video} className="self-test-picture" autoPlay muted playsInline />
          ) : (
            <p>{t(hasPicture === true ? 'selfTest.agentCamera' : 'selfTest.noCamera')}</p>
          )}
          {hasPicture !== false && <YesNo of="selfTest.seen" value={isSeen} onChange={setSeen} />}
        </Part>
        <Part icon="microphone" title={t('selfTest.microphone')}>
          {media.hasMicrophone === false ? (
            <p>{t('selfTest.noMicrophone')}</p>
          ) : (
            <>
              <meter className="self-test-level" min={0} max={0.5} value={media.level} />
              <p>{t(media.wasHeard ? 'selfTest.wasHeard' : 'selfTest.speak')}</p>
            </>
          )}
        </Part>
        <Part icon="speaker" title={t('selfTest.speaker')}>
          <button type="button" onClick={() => playTone('good')}>
            {t('selfTest.play')}
          </button>
          <YesNo of="selfTest.hear" value={isHeard} onChange={setHeard} />
        </Part>
      </div>
      {refused !== null && <RefusalText code={refused} />}
      <button
        type="button"
        className="self-test-done"
        disabled={!isAnswered}
        onClick={() => void send()}
      >
        <span>{t(isAnswered ? 'selfTest.done' : 'selfTest.answerFirst')}</span>
        <small>
          <LastTest />
        </small>
      </button>
    </main>
  );
}

function LastTest(): ReactElement | null {
  const { t, language } = useWords();
  const { selfTest } = useKiosk();
  const now = useNow();
  if (selfTest === null) return <>{t('selfTest.never')}</>;
  const since = formatSinceInstant(Temporal.Instant.from(selfTest.at), now, language);
  return <>{t('selfTest.last', { since })}</>;
}

interface PartProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}

function Part({ icon, title, children }: PartProps): ReactElement {
  return (
    <section className="self-test-part">
      <h3>
        <Icon name={icon} /> {title}
      </h3>
      {children}
    </section>
  );
}

interface YesNoProps {
  /** The words `<of>Yes` and `<of>No`. */
  readonly of: string;
  readonly value: boolean | null;
  readonly onChange: (value: boolean) => void;
}

function YesNo({ of, value, onChange }: YesNoProps): ReactElement {
  const { t } = useWords();
  return (
    <div className="self-test-answers">
      {[true, false].map((answer) => (
        <button
          key={String(answer)}
          type="button"
          aria-pressed={value === answer}
          onClick={() => onChange(answer)}
        >
          {t(answer ? `${of}Yes` : `${of}No`)}
        </button>
      ))}
    </div>
  );
}
