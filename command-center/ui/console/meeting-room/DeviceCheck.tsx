import { useWords } from '@sightline/look';
import { VideoOf } from '@sightline/media-client';
import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { LevelMeter } from './LevelMeter.tsx';
import { useOwnDevices } from './use-own-devices.ts';
import type { OwnSeat } from './use-seat.ts';

interface Props {
  readonly seat: OwnSeat;
  readonly onClose: () => void;
}

/** 入会前检查: one's own picture and voice, seen and heard by nobody yet. */
export function DeviceCheck({ seat, onClose }: Props): ReactElement {
  const { t } = useWords();
  return (
    <Modal open onCancel={onClose} footer={null} title={t('room.device.title')} width={560}>
      <Check seat={seat} onClose={onClose} />
    </Modal>
  );
}

function Check({ seat, onClose }: Props): ReactElement {
  const { t } = useWords();
  const devices = useOwnDevices();
  const { camera, microphone } = devices.tracks;
  async function enter(): Promise<void> {
    await seat.join(devices.handOver());
    onClose();
  }
  return (
    <div className="device-check">
      <div className="own-picture">
        {camera !== null ? (
          <VideoOf track={camera} className="is-mirrored" label={t('room.device.own')} />
        ) : (
          <p className="picture-none">
            {t(devices.isAsking ? 'room.device.asking' : 'room.device.noCamera')}
          </p>
        )}
      </div>
      <p className="device-line">
        <span>{t('room.device.microphone')}</span>
        {microphone === null && !devices.isAsking ? (
          <span className="warn">▲ {t('room.device.noMicrophone')}</span>
        ) : (
          <LevelMeter track={microphone} />
        )}
      </p>
      {(devices.problem.camera ?? devices.problem.microphone) !== null && (
        <p className="fine">{t('room.device.remedy')}</p>
      )}
      <p className="fine">{t('room.device.seen')}</p>
      <ProblemLine problem={seat.problem} />
      <div className="actions">
        <ActButton
          kind="main"
          reason={devices.isAsking ? t('room.device.asking') : null}
          isRunning={seat.isJoining}
          onClick={() => void enter()}
        >
          {t(
            camera === null && microphone === null
              ? 'room.device.enterSilent'
              : 'room.device.enter',
          )}
        </ActButton>
      </div>
    </div>
  );
}
