import { useState, type ReactElement, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { Field } from './Field.tsx';
import { SignInFrame } from './SignInFrame.tsx';

/** Login and password. */
export function SignInPage(): ReactElement {
  const { t } = useTranslation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useCommand<void>([meKey]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void signIn.run({ method: 'POST', url: '/api/session', body: { login, password } });
  };
  return (
    <SignInFrame title={t('signIn.title')}>
      <form onSubmit={submit}>
        <Field
          label={t('signIn.login')}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          autoFocus
        />
        <Field
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
        />
        <ProblemLine problem={signIn.problem} />
        <button
          type="submit"
          className="main-button"
          disabled={login === '' || password === '' || signIn.isRunning}
        >
          {signIn.isRunning ? t('signIn.checking') : t('signIn.enter')}
        </button>
      </form>
      <p className="quiet sign-in-help">{t('signIn.help')}</p>
    </SignInFrame>
  );
}
