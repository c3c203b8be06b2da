import type { PersonView } from '@sightline/contracts';
import { App } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseWithdrawal } from '#domain/consent.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { consentKey, peopleKey, terminalsKey } from './use-people.ts';

interface Props {
  readonly person: PersonView;
  readonly region: string;
}

/** 撤回人脸同意, on the person's word: asks first, because it cannot be undone. */
export function WithdrawButton({ person, region }: Props): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const mayWithdraw = useMay('withdraw-face');
  const { personId, name, faceState } = person;
  const withdraw = useCommand<{ personId: string }>([
    peopleKey(region),
    consentKey(personId),
    terminalsKey,
  ]);
  const ask = () =>
    modal.confirm({
      title: t('face.withdrawAsk', { name }),
      content: (
        <>
          <p>{t('face.withdrawWhat')}</p>
          <p>{t('face.withdrawOver')}</p>
        </>
      ),
      okText: t('face.withdrawYes'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        withdraw.run({ method: 'POST', url: `/api/people/${personId}/withdraw-face`, body: {} }),
    });
  const refusal = refuseWithdrawal(faceState);
  const reason = !mayWithdraw
    ? t('reason.role')
    : refusal === null
      ? null
      : t(`problem.${refusal.code}`);
  return (
    <>
      <ActButton
        kind="text"
        reason={reason}
        isRunning={withdraw.isRunning}
        onClick={() => void ask()}
      >
        {t('face.withdraw')}
      </ActButton>
      <ProblemLine problem={withdraw.problem} />
    </>
  );
}
