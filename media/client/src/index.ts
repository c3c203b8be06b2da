export { openMeeting } from '#open-meeting.ts';
export type {
  Channel,
  MeetingClient,
  MeetingOptions,
  MeetingPicture,
  MeetingSnapshot,
  MeetingStill,
  MeetingVoice,
  PictureHeld,
  SendState,
} from '#meeting-client.ts';
export { linkOf, lookOf, type PictureLook, type TileLook, type WhyNothing } from '#look-of.ts';
export { keepChannel, keptChannel } from '#kept-channel.ts';
export { slideUrl, type SlideAccess, type SlidePlace, type Slides } from '#slide.ts';
export { StillOf } from '#StillOf.tsx';
export { useMeeting } from '#use-meeting.ts';
export { useSlide, type SlideLook } from '#use-slide.ts';
export { VideoOf } from '#VideoOf.tsx';
export { VoicesOf } from '#VoicesOf.tsx';
