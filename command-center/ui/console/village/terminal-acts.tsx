import type { EnrolmentCodeReply, RevokeReply, TerminalView } from '@sightline/contracts';
import { App } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { CodeDialog, type ShownCode } from '../parts/CodeDialog.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { terminalsKey } from './use-people.ts';

interface Props {
  readonly terminal: TerminalView;
}

/** Makes the one-time code with which a device becomes this terminal. */
export function EnrolButton({ terminal }: Props): ReactElement {
  const { t } = useTranslation();
  const mayChange = useMay('change-terminals');
  const issue = useCommand<EnrolmentCodeReply>([terminalsKey]);
  const [shown, setShown] = useState<ShownCode | null>(null);
  const url = `/api/terminals/${terminal.terminalId}/enrolment-code`;
  const run = async () => setShown(await issue.run({ method: 'POST', url, body: {} }));
  const isEnrolled = terminal.enrolledAt !== null;
  return (
    <>
      <ActButton
        reason={mayChange ? null : t('reason.administrator')}
        isRunning={issue.isRunning}
        onClick={() => void run()}
      >
        {t(isEnrolled ? 'terminals.codeAgain' : 'terminals.code')}
      </ActButton>
      <ProblemLine problem={issue.problem} />
      <CodeDialog
        shown={shown}
        title={t('terminals.codeTitle', { terminal: terminal.terminalId })}
        onClose={() => setShown(null)}
        steps={
          <>
            <p>{t('terminals.codeSteps')}</p>
            {isEnrolled && <p className="problem">▲ {t('terminals.codeReplaces')}</p>}
          </>
        }
      />
    </>
  );
}

/** Ends the device's key: it is cut off at once. */
export function RevokeButton({ terminal }: Props): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const mayChange = useMay('change-terminals');
  const revoke = useCommand<RevokeReply>([terminalsKey, ['villages']]);
  const url = `/api/terminals/${terminal.terminalId}/revoke`;
  const ask = () =>
    modal.confirm({
      title: t('terminals.revokeAsk', { terminal: terminal.terminalId }),
      content: t('terminals.revokeWhat'),
      okText: t('terminals.revokeYes'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: () => revoke.run({ method: 'POST', url, body: {} }),
    });
  const reason = !mayChange
    ? t('reason.administrator')
    : terminal.enrolledAt === null
      ? t('reason.notEnrolled')
      : null;
  return (
    <>
      <ActButton reason={reason} onClick={() => void ask()}>
        {t('terminals.revoke')}
      </ActButton>
      <ProblemLine problem={revoke.problem} />
    </>
  );
}
