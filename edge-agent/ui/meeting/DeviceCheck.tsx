import type { CameraState, KioskState } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Way } from '../parts/Way.tsx';
import { home, type Go } from '../route.ts';
import { playTone } from '../sound/tone.ts';
import { OwnVideo } from './OwnVideo.tsx';
import { useLevel } from './use-level.ts';
import { useMeetingMedia } from './use-meeting-media.ts';
import { useMeetingOf } from './use-meetings.ts';

const speakerKey = 'sightline.speaker-heard';

interface Props {
  readonly meetingId: string;
  readonly go: Go;
}

/** Before entering: oneself in the mirror, the voice as a level, a sound to hear; one touch goes in. */
export function DeviceCheck({ meetingId, go }: Props): ReactElement {
  const { t } = useWords();
  const media = useMeetingMedia();
  const { camera, shutter } = useKiosk();
  const meeting = useMeetingOf(meetingId);
  const { level, wasHeard } = useLevel(media.microphone);
  const [wasPlayed, setPlayed] = useState(localStorage.getItem(speakerKey) !== null);
  const isAwaited = camera.owner === 'page' ? !media.isOpened : camera.state === 'ready';
  const why = shutter.isShut ? 'shut' : isAwaited ? 'opening' : missingOf(camera);
  return (
    <main className="page device-check">
      <PageHead onBack={() => go(home)} hint={meeting?.title}>
        <TwoLines textKey="meeting.check" />
      </PageHead>
      <div className="device-parts">
        <div className="device-picture">
          {media.camera === null ? (
            <div className="device-none">
              <Icon name="noCamera" />
              <TwoLines textKey={`camera.${why}`} />
            </div>
          ) : (
            <OwnVideo track={media.camera} />
          )}
        </div>
        <div className="device-ways">
          <section className="device-voice">
            <Icon name="microphone" />
            {media.isOpened && media.microphone === null ? (
              <TwoLines textKey={shutter.isShut ? 'shutter.shutHint' : 'meeting.noMicrophone'} />
            ) : (
              <>
                <TwoLines textKey={wasHeard ? 'meeting.heard' : 'meeting.voice'} />
                <meter
                  className="self-test-level"
                  aria-label={t('meeting.voice')}
                  min={0}
                  max={0.5}
                  value={level}
                />
              </>
            )}
          </section>
          <Way
            icon="speaker"
            textKey={wasPlayed ? 'meeting.speakerOk' : 'meeting.speaker'}
            isDone={wasPlayed}
            onPress={() => {
              playTone('good');
              localStorage.setItem(speakerKey, 'yes');
              setPlayed(true);
            }}
          />
        </div>
      </div>
      <Tile
        icon="out"
        textKey="meeting.join"
        tone="main"
        onPress={() => go({ page: 'meeting', step: 'room', meetingId })}
      />
    </main>
  );
}

/** Why no picture comes; of its own camera the page has tried. */
function missingOf({ owner, state }: KioskState['camera']): Exclude<CameraState, 'ready'> {
  return owner === 'page' || state === 'ready' ? 'absent' : state;
}
