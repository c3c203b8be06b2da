import { isRefusal } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { App } from 'antd';
import type { ReactElement } from 'react';
import { decideEnd } from '#domain/meeting/decide-end.ts';
import { useCommand } from '../api/use-command.ts';
import { useMe } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { meetingsKey } from './use-meetings.ts';
import type { Room } from './use-room.ts';

/** 结束会议 for everybody, or 取消 before it began; asked once more. Where the chair is gone, another may. */
export function EndButton({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { view, scope, isChair } = room;
  const reason = useReason(room);
  const end = useCommand<object>([meetingsKey]);
  const what = view.phase === 'planned' ? 'cancel' : 'end';
  const url = `/api/meetings/${view.meetingId}/end?region=${scope}`;
  const ask = () =>
    modal.confirm({
      title: t(`meetings.${what}Title`, { title: view.title }),
      content: isChair ? t(`meetings.${what}What`) : t('meetings.endGoneWhat', { login: view.by }),
      okText: t(`meetings.${what}`),
      okButtonProps: { danger: true },
      onOk: () => end.run({ method: 'POST', url, body: {} }),
    });
  return (
    <>
      <ActButton reason={reason} isRunning={end.isRunning} onClick={() => void ask()}>
        {t(`meetings.${what}`)}
      </ActButton>
      <ProblemLine problem={end.problem} />
    </>
  );
}

const reasons: Readonly<
  Record<string, 'meetings.chairThere' | 'meetings.chairUnknown' | 'meetings.chairAwaited'>
> = {
  'chair-there': 'meetings.chairThere',
  'chair-unknown': 'meetings.chairUnknown',
  'chair-awaited': 'meetings.chairAwaited',
};

/** Why this account may not end it now, by the rule the centre decides by. */
function useReason({ view, control, isChair }: Room): string | null {
  const { t } = useWords();
  const { region } = useMe();
  const now = useNow();
  const meeting = { phase: view.phase, control };
  const desk = isChair ? control.chair : 'another';
  const { chairSeenAt, link } = view;
  const decided = decideEnd(meeting, { desk, region }, { now, chairSeenAt, link });
  if (!isRefusal(decided)) return null;
  return t(reasons[decided.code] ?? 'meetings.chairOnly');
}
