import type { RecoveryCodesReply, SecondFactorOffer } from '@sightline/contracts';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { CodeForm } from './CodeForm.tsx';
import { QrCode } from './QrCode.tsx';

interface Props {
  /** It counts from now on: the recovery codes, shown this once. */
  readonly onDone: (codes: readonly string[]) => void;
}

const url = '/api/second-factor';

/** A secret to scan or type into an app, and its first code. */
export function SetUpSteps({ onDone }: Props): ReactElement {
  const { t } = useTranslation();
  const offering = useCommand<SecondFactorOffer>([]);
  // Who one is stays unread until the codes are kept: the page would move on without them.
  const confirming = useCommand<RecoveryCodesReply>([]);
  const [offer, setOffer] = useState<SecondFactorOffer | null>(null);
  const asked = useRef(false);
  const { run } = offering;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void run({ method: 'POST', url }).then(setOffer);
  }, [run]);
  if (offer === null) return <ProblemLine problem={offering.problem} />;
  const confirm = async (code: string) => {
    const reply = await confirming.run({ method: 'POST', url: `${url}/confirm`, body: { code } });
    if (reply !== null) onDone(reply.codes);
    return reply !== null;
  };
  return (
    <div className="factor-steps">
      <p>
        <strong>{t('secondFactor.setUp.scan')}</strong>
        <br />
        <span className="quiet">{t('secondFactor.setUp.scanWhat')}</span>
      </p>
      <QrCode text={offer.uri} label={t('secondFactor.setUp.qr')} />
      <p>
        <span className="quiet">{t('secondFactor.setUp.byHand')}</span>
        <br />
        <code className="factor-secret">{offer.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <CodeForm
        kind="time"
        label={t('secondFactor.setUp.code')}
        button={t('secondFactor.setUp.confirm')}
        isRunning={confirming.isRunning}
        problem={confirming.problem}
        onSubmit={confirm}
      />
    </div>
  );
}
