export { openMeeting } from '#open-meeting.ts';
export type {
  Channel,
  MeetingClient,
  MeetingOptions,
  MeetingPicture,
  MeetingSnapshot,
  MeetingStill,
  MeetingVoice,
  SendState,
} from '#meeting-client.ts';
export { StillOf } from '#StillOf.tsx';
export { useMeeting } from '#use-meeting.ts';
export { VideoOf } from '#VideoOf.tsx';
export { VoicesOf } from '#VoicesOf.tsx';
