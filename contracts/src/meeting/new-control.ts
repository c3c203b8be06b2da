import type { MeetingControl } from './meeting-control.ts';

/** What is known of a room before anything was done to it. */
export type RoomIdentity = Pick<
  MeetingControl,
  'meetingId' | 'region' | 'kind' | 'title' | 'chair' | 'isOpen'
>;

/** 会控状态 of a room to which nothing was done yet: everybody may speak, nobody is on the air. */
export function newControl(room: RoomIdentity): MeetingControl {
  return {
    ...room,
    version: 1,
    isLocked: false,
    silencedAt: 0,
    floor: [],
    hands: [],
    onAir: [],
    carousel: null,
    screen: null,
    slides: null,
    interpreters: [],
    rollCall: null,
    isRecorded: false,
  };
}
