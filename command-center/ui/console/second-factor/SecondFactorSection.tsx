import type { RecoveryCodesReply, SecondFactorView } from '@sightline/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { CodeForm } from './CodeForm.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { SetUpSteps } from './SetUpSteps.tsx';
import './second-factor.css';

const key = ['second-factor'] as const;
const url = '/api/second-factor';
/** So many left, and it is time for new ones. */
const fewCodes = 3;

type Doing = 'nothing' | 'start' | 'renew' | 'remove';

/** 双因素登录 of one's own: on, off, another phone, new recovery codes. */
export function SecondFactorSection(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing>('nothing');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<SecondFactorView>(url, signal),
  });
  const finish = () => {
    setDoing('nothing');
    setCodes(null);
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: meKey });
  };
  return (
    <section className="section">
      <h2>{t('secondFactor.section.title')}</h2>
      <ProblemLine problem={error} />
      {codes !== null && <RecoveryCodes codes={codes} onKept={finish} />}
      {codes === null && doing === 'start' && <SetUpSteps onDone={setCodes} />}
      {codes === null && data !== undefined && doing === 'nothing' && (
        <Standing view={data} onDo={setDoing} />
      )}
      {codes === null && data !== undefined && (doing === 'renew' || doing === 'remove') && (
        <ByCode {...{ doing, view: data, onCodes: setCodes, onRemoved: finish }}>
          <button type="button" className="plain-button" onClick={() => setDoing('nothing')}>
            {t('secondFactor.section.cancel')}
          </button>
        </ByCode>
      )}
    </section>
  );
}

interface StandingProps {
  readonly view: SecondFactorView;
  readonly onDo: (doing: Doing) => void;
}

function Standing({ view, onDo }: StandingProps): ReactElement {
  const { t } = useTranslation();
  if (!view.isSetUp) {
    return (
      <>
        <p className="quiet">{t('secondFactor.section.off')}</p>
        <ActButton reason={null} onClick={() => onDo('start')}>
          {t('secondFactor.section.start')}
        </ActButton>
      </>
    );
  }
  const left = view.recoveryCodesLeft;
  return (
    <>
      <p className="quiet">
        {t('secondFactor.section.on')} {t('secondFactor.section.left', { count: left })}
      </p>
      {left <= fewCodes && <p className="warn">{t('secondFactor.section.few')}</p>}
      <div className="factor-acts">
        <ActButton reason={null} onClick={() => onDo('renew')}>
          {t('secondFactor.section.renew')}
        </ActButton>
        <ActButton reason={null} onClick={() => onDo('remove')}>
          {t(view.isRequired ? 'secondFactor.section.change' : 'secondFactor.section.stop')}
        </ActButton>
      </div>
    </>
  );
}

interface ByCodeProps {
  readonly doing: 'renew' | 'remove';
  readonly view: SecondFactorView;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onRemoved: () => void;
  readonly children: ReactElement;
}

/** What asks for a code before it is done. */
function ByCode({ doing, view, onCodes, onRemoved, children }: ByCodeProps): ReactElement {
  const { t } = useTranslation();
  const order = useCommand<RecoveryCodesReply | void>([]);
  const remove = view.isRequired ? 'change' : 'stop';
  const what = doing === 'renew' ? 'renew' : remove;
  const submit = async (code: string) => {
    const path = doing === 'renew' ? 'recovery-codes' : 'remove';
    const reply = await order.run({ method: 'POST', url: `${url}/${path}`, body: { code } });
    if (reply === null) return false;
    if (reply === undefined) onRemoved();
    else onCodes(reply.codes);
    return true;
  };
  return (
    <>
      <p className="quiet">{t(`secondFactor.section.${what}What`)}</p>
      <CodeForm
        kind="any"
        label={t('secondFactor.section.code')}
        button={t(`secondFactor.section.${what}`)}
        isRunning={order.isRunning}
        problem={order.problem}
        onSubmit={submit}
      >
        {children}
      </CodeForm>
    </>
  );
}
