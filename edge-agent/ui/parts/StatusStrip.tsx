import type { KioskState } from '@sightline/contracts';
import { LanguageSwitch, StatusDot, useWords } from '@sightline/look';
import { clockTime } from '../clock-time.ts';
import type { ReactElement, ReactNode } from 'react';
import { newDraft } from '../complaint/complaint-draft.ts';
import { rememberLanguage } from '../remember-language.ts';
import { useLinkView } from '../link/use-kiosk.ts';
import type { Go } from '../route.ts';
import { ShutterButton } from '../shutter/ShutterButton.tsx';
import { Icon } from './Icon.tsx';
import { TwoLines } from './TwoLines.tsx';

/** Always there: whether we are connected and since when, what waits, and what is not as it should be. */
export function StatusStrip({ go }: { readonly go: Go }): ReactElement {
  const { t, language } = useWords();
  const { phase, state } = useLinkView();
  return (
    <footer className="strip">
      <div className="strip-facts" role="status" aria-live="off">
        {phase === 'open' && state !== null && <Facts state={state} />}
      </div>
      <div className="strip-notes">
        {state?.demo === true && <span>{t('strip.demo')}</span>}
        {language !== 'en' && <span lang="zh">{t('note.unverifiedTibetan', { lng: 'zh' })}</span>}
      </div>
      {phase === 'open' && state?.enrolment === 'enrolled' && <ShutterButton />}
      {phase === 'open' && state?.enrolment === 'enrolled' && (
        <button
          type="button"
          className="strip-complaint"
          onClick={() => go({ page: 'complaint', step: 'say', draft: newDraft() })}
        >
          <Icon name="speech" />
          <TwoLines textKey="complaint.open" />
        </button>
      )}
      <LanguageSwitch onChange={rememberLanguage} />
    </footer>
  );
}

function Facts({ state }: { readonly state: KioskState }): ReactElement {
  const { t } = useWords();
  const { camera, outbox } = state;
  const hasNoCamera = camera.owner === 'agent' && camera.state !== 'ready';
  return (
    <>
      <LinkFact state={state} />
      {outbox.deadLetters > 0 && (
        <Fact>
          <StatusDot status="alarm-3" />
          {t('strip.dead', { count: outbox.deadLetters })}
        </Fact>
      )}
      {camera.isSample && (
        <span className="strip-fact strip-sample">
          <Icon name="camera" />
          {t('camera.sample')}
        </span>
      )}
      {hasNoCamera && (
        <Fact>
          <Icon name="noCamera" />
          {t('strip.noCamera')}
        </Fact>
      )}
      {!state.clockCertain && (
        <Fact>
          <Icon name="clock" />
          {t('strip.clock')}
        </Fact>
      )}
    </>
  );
}

function LinkFact({ state }: { readonly state: KioskState }): ReactElement {
  const { t } = useWords();
  const { link, outbox } = state;
  const waits = outbox.waiting > 0;
  const [since, oldest] = [link.since, outbox.oldestAt ?? link.since].map(clockTime);
  if (link.state === 'up') {
    return (
      <Fact>
        <StatusDot status="online" />
        {t('strip.up', { since })}
        {waits && (
          <span className="strip-quiet">{t('strip.upWaiting', { count: outbox.waiting })}</span>
        )}
      </Fact>
    );
  }
  return (
    <Fact>
      <StatusDot status="offline" />
      {waits
        ? t('strip.downWaiting', { count: outbox.waiting, since: oldest })
        : t('strip.downEmpty', { since })}
    </Fact>
  );
}

function Fact({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="strip-fact">{children}</span>;
}
