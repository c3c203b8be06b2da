import { Notice } from '@sightline/look';
import { useEffect, useRef, useState, type ReactElement, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { Field } from './Field.tsx';
import { refuseNewCredentials } from './new-credentials.ts';
import { SignInFrame } from './SignInFrame.tsx';

interface Props {
  readonly token: string;
  readonly onDone: () => void;
}

const url = '/api/session/link';

/** A one-time link: straight in, or first a login and password of one's own. */
export function LinkPage({ token, onDone }: Props): ReactElement | null {
  const { t } = useTranslation();
  const link = useCommand<void>([meKey]);
  const [needs, setNeeds] = useState<'unknown' | 'credentials' | 'nothing'>('unknown');
  const asked = useRef(false);
  const { run } = link;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void run({ method: 'POST', url, body: { token } }).then((reply) => {
      if (reply === null) setNeeds('credentials');
      else onDone();
    });
  }, [run, token, onDone]);
  if (needs === 'unknown') return null;
  const code = link.problem instanceof Problem ? link.problem.code : '';
  if (code === 'dead-link') return <DeadLink onDone={onDone} />;
  const submit = async (login: string, password: string) => {
    const body = { token, login, password };
    if ((await run({ method: 'POST', url, body })) !== null) onDone();
  };
  return (
    <SignInFrame title={t('firstUse.title')} lead={t('firstUse.lead')}>
      <CredentialsForm
        onSubmit={(login, password) => void submit(login, password)}
        isRunning={link.isRunning}
      />
      {code !== 'credentials-needed' && <ProblemLine problem={link.problem} />}
    </SignInFrame>
  );
}

function DeadLink({ onDone }: Pick<Props, 'onDone'>): ReactElement {
  const { t } = useTranslation();
  return (
    <SignInFrame title={t('deadLink.title')}>
      <Notice tone="warning" title={t('deadLink.what')} remedy={t('deadLink.remedy')} />
      <button type="button" className="main-button" onClick={onDone}>
        {t('deadLink.toSignIn')}
      </button>
    </SignInFrame>
  );
}

interface FormProps {
  readonly onSubmit: (login: string, password: string) => void;
  readonly isRunning: boolean;
}

function CredentialsForm({ onSubmit, isRunning }: FormProps): ReactElement {
  const { t } = useTranslation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const missing = refuseNewCredentials({ login, password, again });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (missing === null) onSubmit(login, password);
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={t('signIn.login')}
        hint={t('firstUse.loginHint')}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        autoFocus
      />
      <Field
        label={t('signIn.password')}
        hint={t('firstUse.passwordHint')}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="new-password"
      />
      <Field
        label={t('firstUse.again')}
        value={again}
        onChange={setAgain}
        type="password"
        autoComplete="new-password"
      />
      <p className="reason" role="status">
        {missing === null || login === '' ? '' : t(`firstUse.missing.${missing}`)}
      </p>
      <button type="submit" className="main-button" disabled={missing !== null || isRunning}>
        {t('firstUse.enter')}
      </button>
    </form>
  );
}
