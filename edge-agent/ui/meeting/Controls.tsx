import type { MeetingClient, MeetingSnapshot } from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { MeetingMedia } from './use-meeting-media.ts';
import { maySpeakHere } from './own-seat.ts';
import type { ChannelChoice } from './use-channel.ts';

interface Props {
  readonly client: MeetingClient;
  readonly meeting: MeetingSnapshot;
  readonly media: MeetingMedia;
  readonly channel: ChannelChoice;
  readonly count: number;
  readonly onCount: () => void;
  readonly onRefused: (code: string) => void;
  readonly onLeave: () => void;
}

/** Large keys for gloves: voice, picture, hand, channel, how many pictures, and the way out. */
export function Controls(props: Props): ReactElement {
  const { client, meeting, media, channel, onRefused } = props;
  const { room, seatId, sending } = meeting;
  const maySpeak = room !== null && seatId !== null && maySpeakHere(room, seatId);
  const hasHand = room !== null && seatId !== null && room.control.hands.includes(seatId);
  const isHeard = sending.microphone === 'on';
  const isSeen = sending.camera === 'on';
  const turn = (source: 'microphone' | 'camera', isOn: boolean): void =>
    void client.setPaused(source, isOn).then((refusal) => {
      if (refusal !== null) onRefused(refusal.code);
    });
  return (
    <div className="meeting-keys">
      <Key
        icon="microphone"
        textKey={
          isHeard
            ? 'meeting.microphoneOn'
            : maySpeak || room === null
              ? 'meeting.microphoneOff'
              : 'meeting.microphoneLocked'
        }
        isOn={isHeard}
        isOff={media.microphone === null || (!maySpeak && !isHeard)}
        onPress={() => turn('microphone', isHeard)}
      />
      <Key
        icon={isSeen ? 'camera' : 'noCamera'}
        textKey={isSeen ? 'meeting.cameraOn' : 'meeting.cameraOff'}
        isOn={isSeen}
        isOff={media.camera === null}
        onPress={() => turn('camera', isSeen)}
      />
      <Key
        icon="hand"
        textKey={hasHand ? 'meeting.handDown' : 'meeting.handUp'}
        isOn={hasHand}
        isOff={meeting.phase !== 'in'}
        onPress={() =>
          void client.raiseHand(!hasHand).then((refusal) => {
            if (refusal !== null) onRefused(refusal.code);
          })
        }
      />
      <Key
        icon="speaker"
        textKey={`meeting.${channel.isHeard ? 'channel' : 'channelWaits'}.${channel.channel}`}
        isOn={channel.channel !== 'floor'}
        isOff={channel.next === null}
        onPress={() => channel.next?.()}
      />
      <Key
        icon="people"
        textKey="meeting.layout"
        values={{ count: props.count }}
        onPress={props.onCount}
      />
      <Key icon="out" textKey="meeting.leave" onPress={props.onLeave} />
    </div>
  );
}

interface KeyProps {
  readonly icon: IconName;
  readonly textKey: string;
  readonly values?: Readonly<Record<string, number>>;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
  readonly onPress: () => void;
}

function Key({ icon, textKey, values = {}, isOn = false, isOff = false, onPress }: KeyProps) {
  return (
    <button
      type="button"
      className={isOn ? 'meeting-key is-on' : 'meeting-key'}
      aria-pressed={isOn}
      disabled={isOff}
      onClick={onPress}
    >
      <Icon name={icon} />
      <TwoLines textKey={textKey} values={values} />
    </button>
  );
}
