import type { KioskMeeting } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { countdown } from '../spot-check/use-ring.ts';
import { playTone } from '../sound/tone.ts';
import { RollCallFace } from './RollCallFace.tsx';
import { RollCallPin } from './RollCallPin.tsx';

interface Props {
  readonly meeting: KioskMeeting;
  /** The camera that the meeting has too; null = no face can be looked at. */
  readonly camera: MediaStreamTrack | null;
}

/** The roll call that asks this village and was not answered yet, until its second. */
export function useOpenRollCall(
  meeting: KioskMeeting | null,
): { readonly round: number; readonly secondsLeft: number } | null {
  const { clockOffsetMs } = useLinkView();
  const now = useNow().add({ milliseconds: clockOffsetMs });
  const call = meeting?.rollCall ?? null;
  if (call === null || call.answeredAt !== null) return null;
  const left = now.until(Temporal.Instant.from(call.until)).total('seconds');
  return left > 0 ? { round: call.round, secondsLeft: Math.ceil(left) } : null;
}

/** 点名: three ways to say "here", above everything else of the meeting. */
export function RollCallPanel({ meeting, camera }: Props): ReactElement | null {
  const { t } = useWords();
  const call = useOpenRollCall(meeting);
  const { people } = useKiosk();
  const [way, setWay] = useState<'ways' | 'face' | 'pin'>('ways');
  /** The text of what went wrong. */
  const [failed, setFailed] = useState<string | null>(null);
  const hasTrouble = useFaceTrouble() !== null;
  const back = useCallback((textKey: string | null): void => {
    setFailed(textKey);
    setWay('ways');
  }, []);
  const round = call?.round ?? null;
  useEffect(() => {
    if (round === null) return;
    setWay('ways');
    setFailed(null);
    playTone('ring');
  }, [round]);
  if (call === null || round === null) return null;
  const { meetingId } = meeting;
  const hasFace = camera !== null && !hasTrouble && people.some((person) => person.hasFace);

  async function here(): Promise<void> {
    const answer = await ask('/api/meetings/present/button', { meetingId, round });
    if (isDenied(answer)) setFailed(refusalKey(answer.denied));
    else playTone('good');
  }

  return (
    <section
      className="roll-call"
      role="dialog"
      aria-modal="true"
      aria-label={t('meeting.rollCall', { round })}
    >
      <div className="roll-call-head" role="alert">
        <h2>
          <TwoLines textKey="meeting.rollCall" values={{ round }} />
        </h2>
        <TwoLines textKey="meeting.rollCallAsk" />
        <div className="ring-clock" role="timer">
          <b>{countdown(call.secondsLeft)}</b>
          <TwoLines textKey="meeting.rollCallLeft" />
        </div>
      </div>
      {way === 'ways' && (
        <div className="roll-call-ways">
          <Tile icon="check" textKey="meeting.byButton" tone="main" onPress={() => void here()} />
          {hasFace && <Tile icon="face" textKey="meeting.byFace" onPress={() => setWay('face')} />}
          <Tile icon="pin" textKey="meeting.byPin" onPress={() => setWay('pin')} />
          {failed !== null && (
            <div className="refusal" role="alert">
              <TwoLines textKey={failed} />
            </div>
          )}
        </div>
      )}
      {way === 'face' && camera !== null && (
        <RollCallFace meetingId={meetingId} round={round} camera={camera} onBack={back} />
      )}
      {way === 'pin' && <RollCallPin meetingId={meetingId} round={round} onBack={back} />}
    </section>
  );
}
