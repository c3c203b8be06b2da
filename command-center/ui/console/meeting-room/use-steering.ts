import type { MeetingAct } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { useState } from 'react';
import { useCommand } from '../api/use-command.ts';
import { meetingsKey } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';
import { refuseSteering } from './refuse-steering.ts';

export interface Steering {
  /** Gives the order; resolves with whether it was done. */
  readonly run: (act: MeetingAct) => Promise<boolean>;
  /** Why it cannot be done now, in the page's language; null = it can. */
  readonly whyNot: (act: MeetingAct) => string | null;
  readonly isRunning: boolean;
  readonly problem: Error | null;
  /** What was done last. */
  readonly done: MeetingAct['act'] | null;
}

/** 会控: the chair's acts by HTTP. Refused here by the same rules that the server decides by. */
export function useSteering(room: Room): Steering {
  const { t } = useWords();
  const now = useNow();
  const { meetingId } = room.view;
  const command = useCommand<object>([meetingsKey]);
  const [done, setDone] = useState<MeetingAct['act'] | null>(null);
  const url = `/api/meetings/${meetingId}/act?region=${room.scope}`;
  const whyNot = (act: MeetingAct): string | null => {
    if (!room.isChair) return t('meetings.chairOnly');
    const refusal = refuseSteering(room, act, now);
    return refusal === null ? null : t(`problem.${refusal.code}`, { defaultValue: refusal.detail });
  };
  return {
    run: async (act) => {
      const isDone = (await command.run({ method: 'POST', url, body: { act } })) !== null;
      setDone(isDone ? act.act : null);
      return isDone;
    },
    whyNot,
    isRunning: command.isRunning,
    problem: command.problem,
    done,
  };
}
