import { useWords } from '@sightline/look';
import { App } from 'antd';
import type { ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { meetingsKey } from './use-meetings.ts';
import type { Room } from './use-room.ts';

/** 结束会议 for everybody, or 取消 before it began; asked once more. */
export function EndButton({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { view, scope, isChair } = room;
  const end = useCommand<object>([meetingsKey]);
  const what = view.phase === 'planned' ? 'cancel' : 'end';
  const url = `/api/meetings/${view.meetingId}/end?region=${scope}`;
  const ask = () =>
    modal.confirm({
      title: t(`meetings.${what}Title`, { title: view.title }),
      content: t(`meetings.${what}What`),
      okText: t(`meetings.${what}`),
      okButtonProps: { danger: true },
      onOk: () => end.run({ method: 'POST', url, body: {} }),
    });
  return (
    <>
      <ActButton
        reason={isChair ? null : t('meetings.chairOnly')}
        isRunning={end.isRunning}
        onClick={() => void ask()}
      >
        {t(`meetings.${what}`)}
      </ActButton>
      <ProblemLine problem={end.problem} />
    </>
  );
}
