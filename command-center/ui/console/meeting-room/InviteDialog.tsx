import type { MeetingAct } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Modal } from 'antd';
import { useState, type ReactElement } from 'react';
import { RegionsSelect } from '../access/RegionsSelect.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useMeetingPlan } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';
import type { Steering } from './use-steering.ts';

interface Props {
  readonly room: Room;
  readonly steering: Steering;
  readonly onClose: () => void;
}

const most = 50;

/** 邀请: more venues into a room that is open. Each lies within the meeting's own region. */
export function InviteDialog({ room, steering, onClose }: Props): ReactElement {
  const { t } = useWords();
  const [regions, setRegions] = useState<readonly string[]>([]);
  const { region } = room.control;
  const plan = useMeetingPlan(region, regions, false);
  const act: MeetingAct = { act: 'invite', regions: [...regions] };
  const missing =
    regions.length === 0
      ? t('meetings.call.whomFirst')
      : regions.some((one) => !one.startsWith(region))
        ? t('room.inviteOutside')
        : plan.data === undefined
          ? t('meetings.call.counting')
          : plan.data.seats === 0
            ? t('meetings.call.nobody')
            : null;
  async function send(): Promise<void> {
    if (await steering.run(act)) onClose();
  }
  return (
    <Modal open onCancel={onClose} footer={null} title={t('room.act.invite')} width={560}>
      <div className="check-form">
        <RegionsSelect value={regions} onChange={setRegions} most={most} />
        <p className="fine">{t('room.inviteWhat')}</p>
        <ProblemLine problem={plan.error ?? steering.problem} />
        <div className="actions">
          <ActButton
            kind="main"
            reason={missing ?? steering.whyNot(act)}
            isRunning={steering.isRunning}
            onClick={() => void send()}
          >
            {t('room.inviteCount', { count: plan.data?.seats ?? 0 })}
          </ActButton>
        </div>
      </div>
    </Modal>
  );
}
