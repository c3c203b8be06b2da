import { absenceProjection } from '#absence/absence-projection.ts';
import { complaintProjection } from '#complaint/complaint-projection.ts';
import { consentProjection } from '#consent/consent-projection.ts';
import { correctionProjection } from '#correction/correction-projection.ts';
import { courseProjection } from '#course/course-projection.ts';
import { dutyChangeProjection } from '#roster/duty-change-projection.ts';
import { meetingProjection } from '#meeting/meeting-projection.ts';
import { noticeProjection } from '#notice/notice-projection.ts';
import type { Projection } from '#log/projector.ts';
import { spotCheckProjection } from '#spot-check/spot-check-projection.ts';
import { handOverProjection } from '#hand-over/hand-over-projection.ts';
import { checkInProjection } from './check-in-projection.ts';
import { checkOutProjection } from './check-out-projection.ts';
import { feedProjection } from './feed-projection.ts';
import { presenceProjection } from './presence-projection.ts';
import { stripProjection } from './strip-projection.ts';

/** Everything the live view and the console are projected into, moved on together. */
export const liveProjections: readonly Projection[] = [
  checkInProjection,
  checkOutProjection,
  presenceProjection,
  feedProjection,
  stripProjection,
  consentProjection,
  complaintProjection,
  dutyChangeProjection,
  absenceProjection,
  spotCheckProjection,
  handOverProjection,
  correctionProjection,
  noticeProjection,
  meetingProjection,
  courseProjection,
];
