/** 会议: it rings, is about to open by itself, is looked at before entering, or goes on. */
export type MeetingRoute =
  | {
      readonly page: 'meeting';
      readonly meetingId: string;
      readonly step: 'ring' | 'opening' | 'check' | 'room';
    }
  | { readonly page: 'meetings' }
  /** 远程开启许可 is given by somebody's PIN. */
  | { readonly page: 'meeting-leave'; readonly personId: string | null };
