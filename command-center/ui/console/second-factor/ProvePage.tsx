import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { SignInFrame } from '../sign-in/SignInFrame.tsx';
import { CodeForm } from './CodeForm.tsx';
import { SignOutButton } from './SignOutButton.tsx';

/** 输入动态口令: the app's code, or a recovery code where the phone is not at hand. */
export function ProvePage(): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'time' | 'recovery'>('time');
  const proof = useCommand<void>([meKey]);
  const isRecovery = kind === 'recovery';
  const prove = async (code: string) =>
    (await proof.run({ method: 'POST', url: '/api/second-factor/prove', body: { code } })) !== null;
  const turn = () => {
    proof.forget();
    setKind(isRecovery ? 'time' : 'recovery');
  };
  return (
    <SignInFrame title={t('secondFactor.prove.title')} lead={t('secondFactor.prove.lead')}>
      <CodeForm
        key={kind}
        kind={kind}
        label={t(isRecovery ? 'secondFactor.prove.byRecovery' : 'secondFactor.prove.code')}
        {...(isRecovery ? { hint: t('secondFactor.prove.recoveryHint') } : {})}
        button={t('secondFactor.prove.enter')}
        isRunning={proof.isRunning}
        problem={proof.problem}
        onSubmit={prove}
      />
      {isRecovery && <p className="quiet sign-in-help">{t('secondFactor.prove.lostAll')}</p>}
      <div className="factor-ways">
        <button type="button" className="link-button" onClick={turn}>
          {t(isRecovery ? 'secondFactor.prove.toApp' : 'secondFactor.prove.lost')}
        </button>
        <SignOutButton />
      </div>
    </SignInFrame>
  );
}
