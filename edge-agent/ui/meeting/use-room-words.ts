import type { MeetingSnapshot } from '@sightline/media-client';
import { useEffect, useRef, useState } from 'react';
import { playTone } from '../sound/tone.ts';

const saidMs = 6_000;

/** One short word at a time about what the chair just did to this village, with a tone. */
export function useRoomWords({ room, seatId, sending }: MeetingSnapshot): string | null {
  const [word, setWord] = useState<string | null>(null);
  const hasFloor = room !== null && seatId !== null && room.control.floor.includes(seatId);
  const { microphone } = sending;
  const before = useRef({ hasFloor, microphone });
  useEffect(() => {
    const { current } = before;
    before.current = { hasFloor, microphone };
    const next = wordOf(current, { hasFloor, microphone });
    if (next === null) return;
    setWord(next);
    playTone(next.startsWith('meeting.floorGiven') ? 'now' : 'back');
  }, [hasFloor, microphone]);
  useEffect(() => {
    if (word === null) return undefined;
    const timer = setTimeout(() => setWord(null), saidMs);
    return () => clearTimeout(timer);
  }, [word]);
  return word;
}

interface Standing {
  readonly hasFloor: boolean;
  readonly microphone: MeetingSnapshot['sending']['microphone'];
}

function wordOf(before: Standing, now: Standing): string | null {
  if (!before.hasFloor && now.hasFloor) {
    return now.microphone === 'on' ? 'meeting.floorGivenOn' : 'meeting.floorGiven';
  }
  if (before.hasFloor && !now.hasFloor) return 'meeting.floorTaken';
  if (before.microphone === 'on' && now.microphone === 'stopped') return 'meeting.silenced';
  return null;
}
