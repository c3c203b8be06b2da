import type { TerminalMeeting } from '@sightline/contracts';

export const tableMeetingId = '0190a5d4-0000-7000-8000-0000000000d1';

/** A call of the prefecture that rings at the table's time. */
export function tableMeeting(change: Partial<TerminalMeeting> = {}): TerminalMeeting {
  return {
    meetingId: tableMeetingId,
    kind: 'call',
    title: '今夜降雪，了解道路和牲畜情况',
    by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
    calledAt: '2026-11-23T13:46:50.000Z',
    startsAt: '2026-11-23T13:47:00.000Z',
    ringUntil: '2026-11-23T13:52:00.000Z',
    until: '2026-11-24T01:47:00.000Z',
    isRemoteOpening: false,
    mediaUrl: 'http://127.0.0.1:9',
    seatToken: 'claims.mac',
    rollCall: null,
    isOver: false,
    ...change,
  };
}

export function tableRollCall(
  change: Partial<NonNullable<TerminalMeeting['rollCall']>> = {},
): NonNullable<TerminalMeeting['rollCall']> {
  return {
    round: 1,
    openedAt: '2026-11-23T13:47:10.000Z',
    until: '2026-11-23T13:50:10.000Z',
    isOpen: true,
    asked: null,
    ...change,
  };
}
