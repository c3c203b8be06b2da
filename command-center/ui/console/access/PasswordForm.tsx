import { Button, Input } from 'antd';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseCredentials } from '#domain/sign-in.ts';
import { useCommand } from '../api/use-command.ts';
import { useMe } from '../api/use-me.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';

/** A new password of one's own; the other sessions end with it. Who came by a link may have forgotten theirs. */
export function PasswordForm(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isDone, setDone] = useState(false);
  const change = useCommand<void>([['sessions']]);
  const isForgotten = me.mayForgetPassword && current === '';
  const isBad = refuseCredentials({ login: me.login ?? '', password: next }) !== null;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = isForgotten ? { next } : { current, next };
    const reply = await change.run({ method: 'POST', url: '/api/password', body });
    if (reply === null) return;
    setDone(true);
    setCurrent('');
    setNext('');
  };
  return (
    <section className="section">
      <h2>{t('sessions.change')}</h2>
      <form className="add-person" onSubmit={(event) => void submit(event)}>
        <input type="text" hidden readOnly autoComplete="username" value={me.login ?? ''} />
        <label>
          {t('sessions.current')}
          <Input.Password
            value={current}
            autoComplete="current-password"
            onChange={(event) => setCurrent(event.target.value)}
          />
        </label>
        <label>
          {t('sessions.next')}
          <Input.Password
            value={next}
            autoComplete="new-password"
            onChange={(event) => setNext(event.target.value)}
          />
        </label>
        {me.mayForgetPassword && <p className="fine">{t('sessions.byLink')}</p>}
        <p className="fine">{t('firstUse.passwordHint')}</p>
        <ProblemLine problem={change.problem} />
        {isDone && <p role="status">{t('sessions.changed')}</p>}
        <Button
          className="fit"
          htmlType="submit"
          disabled={(current === '' && !isForgotten) || isBad}
          loading={change.isRunning}
        >
          {t('sessions.change')}
        </Button>
      </form>
    </section>
  );
}
