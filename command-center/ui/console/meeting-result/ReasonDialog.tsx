import { keepingLimits, type KeptKind } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input, Modal } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { meetingsKey } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';

export type KeepingAct =
  | { readonly what: 'erase'; readonly kind: KeptKind }
  | { readonly what: 'hold' | 'release' };

interface Props {
  readonly room: Room;
  readonly act: KeepingAct;
  readonly onClose: () => void;
}

/** What is going to happen, and why: the reason stands beside it for ever. */
export function ReasonDialog({ room, act, onClose }: Props): ReactElement {
  const { t } = useWords();
  const id = useId();
  const [reason, setReason] = useState('');
  const { view, scope } = room;
  const command = useCommand<object>([meetingsKey]);
  const url = `/api/meetings/${view.meetingId}/${act.what}?region=${scope}`;
  const body = act.what === 'erase' ? { kind: act.kind, reason } : { reason };
  async function send(): Promise<void> {
    if ((await command.run({ method: 'POST', url, body })) !== null) onClose();
  }
  const title =
    act.what === 'erase'
      ? t('room.keeping.eraseTitle', { kind: t(`room.keeping.kind.${act.kind}`) })
      : t(`room.keeping.${act.what}`);
  return (
    <Modal open onCancel={onClose} footer={null} title={title} width={560}>
      <div className="case-form">
        <p className="fine">{t(`room.keeping.what.${act.what}`)}</p>
        <label htmlFor={id}>{t('room.keeping.reason')}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={keepingLimits.reasonChars}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <ProblemLine problem={command.problem} />
        <div className="actions">
          <ActButton
            kind="main"
            reason={reason.trim() === '' ? t('room.keeping.reasonFirst') : null}
            isRunning={command.isRunning}
            onClick={() => void send()}
          >
            {t(`room.keeping.do.${act.what}`)}
          </ActButton>
        </div>
      </div>
    </Modal>
  );
}
