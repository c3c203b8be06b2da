import type { CallMeetingRequest } from '@sightline/contracts';
import { useCommand } from '../api/use-command.ts';
import { meetingsKey } from './use-meetings.ts';

/** 一键邀请: sends the invitation; resolves with whether it went out. */
export function useCall() {
  const command = useCommand<object>([meetingsKey]);
  return {
    run: async (body: CallMeetingRequest): Promise<boolean> =>
      (await command.run({ method: 'POST', url: '/api/meetings', body })) !== null,
    isRunning: command.isRunning,
    problem: command.problem,
  };
}
