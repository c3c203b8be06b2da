import Type, { type Static } from 'typebox';
import { ComplaintRaised } from './complaint-api.ts';
import { courseFactData } from './course/course-facts.ts';
import { FaceEvidence } from './face-evidence.ts';
import { instantPattern, terminalIdPattern, uuidPattern } from './fact.ts';
import { importFactData } from './import-api.ts';
import { meetingFactData, meetingTerminalFacts } from './meeting/meeting-facts.ts';
import { regionPattern } from './region-path.ts';
import { ShiftKey } from './shift.ts';
import { absenceFactData } from './watch/absence-facts.ts';
import { handOverFactData } from './watch/hand-over-facts.ts';
import { correctionFactData } from './watch/correction-facts.ts';
import { ladderFactData } from './watch/ladder.ts';
import { noticeFactData } from './watch/notice-facts.ts';
import { rosterFactData } from './watch/roster-facts.ts';
import { shiftChangeFactData } from './watch/shift-change-facts.ts';
import { spotCheckFactData } from './watch/spot-check-facts.ts';

const closed = { additionalProperties: false } as const;
const PersonId = Type.String({ pattern: uuidPattern });
const TerminalId = Type.String({ pattern: terminalIdPattern });

const atDuty = {
  personId: PersonId,
  terminalId: TerminalId,
  shift: ShiftKey,
  simulated: Type.Optional(Type.Literal(true)),
};

/** Who came or went, and how that was proved. */
const DutyMark = Type.Union([
  Type.Object({ ...atDuty, method: Type.Literal('face'), face: FaceEvidence }, closed),
  Type.Object({ ...atDuty, method: Type.Literal('pin') }, closed),
  /** 密码加见证: a second person of the village, by a PIN of their own, says who stood there. */
  Type.Object({ ...atDuty, method: Type.Literal('pin-witness'), witnessId: PersonId }, closed),
]);

/** Why a template was erased: the person withdrew consent, or left the village's list. */
export const ErasureReason = Type.Union([Type.Literal('withdrawn'), Type.Literal('off-list')]);
export type ErasureReason = Static<typeof ErasureReason>;

export const LinkStatus = Type.Union([
  Type.Literal('online'),
  Type.Literal('stale'),
  Type.Literal('offline'),
]);

/** The data of every fact type, by its name. A terminal may only make those of `terminalFactTypes`. */
export const factData = {
  /** 值班签到 */
  'duty.checked-in': DutyMark,
  /** 签退. `shift` is that of the check-in it ends. */
  'duty.checked-out': DutyMark,
  /** 录入: a template now exists on that terminal, and only there. */
  'face.enrolled': Type.Object(
    {
      personId: PersonId,
      terminalId: TerminalId,
      model: Type.String({ maxLength: 64 }),
      frames: Type.Integer({ minimum: 1, maximum: 64 }),
      consentVersion: Type.String({ maxLength: 32 }),
      grantId: PersonId,
    },
    closed,
  ),
  /** 撤回同意: at the terminal by the person, or at the console on the person's word (without `terminalId`). */
  'consent.withdrawn': Type.Object(
    { personId: PersonId, terminalId: Type.Optional(TerminalId) },
    closed,
  ),
  /** 删除回执: no template of this person is on that terminal any more. `sig`: its device key over `erasureText`. */
  'face.erased': Type.Object(
    {
      personId: PersonId,
      terminalId: TerminalId,
      reason: ErasureReason,
      model: Type.String({ maxLength: 64 }),
      sig: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
    },
    closed,
  ),
  'pin.set': Type.Object({ personId: PersonId, terminalId: TerminalId, grantId: PersonId }, closed),
  'terminal.started': Type.Object(
    {
      terminalId: TerminalId,
      version: Type.String({ maxLength: 32 }),
      simulated: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  /** Lets the projector set the effective time of every fact of that boot. */
  'clock.anchored': Type.Object(
    { bootId: Type.String({ pattern: uuidPattern }), offsetMs: Type.Integer() },
    closed,
  ),
  /** Free measured text line of a simulated or test load; projects nothing. */
  'telemetry.noted': Type.Object({ text: Type.String({ maxLength: 512 }) }, closed),
  /** 意见: raised at a terminal or at a page of the centre. What was written is sealed, or elsewhere. */
  'complaint.raised': ComplaintRaised,
  /** By whoever holds the receipt, once. */
  'complaint.reopened': Type.Object(
    { complaintId: PersonId, terminalId: Type.Optional(TerminalId) },
    closed,
  ),
  // Facts of the centre.
  'complaint.taken-up': Type.Object({ complaintId: PersonId }, closed),
  'complaint.answered': Type.Object({ complaintId: PersonId }, closed),
  'terminal.enrolled': Type.Object(
    { terminalId: TerminalId, source: Type.String(), simulated: Type.Boolean() },
    closed,
  ),
  'terminal.revoked': Type.Object({ terminalId: TerminalId, source: Type.String() }, closed),
  'terminal.presence-changed': Type.Object(
    {
      terminalId: TerminalId,
      status: LinkStatus,
      since: Type.String({ pattern: instantPattern }),
    },
    closed,
  ),
  /** The broker began or ceased to listen: while it did not, nobody's status is known. */
  'broker.listening-changed': Type.Object(
    { listening: Type.Boolean(), since: Type.String({ pattern: instantPattern }) },
    closed,
  ),
  'person.added': Type.Object({ personId: PersonId }, closed),
  'person.retired': Type.Object({ personId: PersonId }, closed),
  /** 账号与本人: from here on that account decides nothing about that person. */
  'account.linked': Type.Object({ accountId: PersonId, personId: PersonId }, closed),
  /** The tree of organisations changed; which way stands in the audit, the names in the register. */
  'organisation.changed': Type.Object(
    {
      organisationId: PersonId,
      change: Type.Union([
        Type.Literal('added'),
        Type.Literal('renamed'),
        Type.Literal('moved'),
        Type.Literal('ended'),
      ]),
    },
    closed,
  ),
  /** 区划变更: from that day on, what stood in `region` and below it stands in `into`. */
  'region.changed': Type.Object(
    {
      region: Type.String({ pattern: regionPattern }),
      into: Type.String({ pattern: regionPattern }),
      day: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    },
    closed,
  ),
  ...importFactData,
  ...rosterFactData,
  ...ladderFactData,
  ...shiftChangeFactData,
  ...absenceFactData,
  ...spotCheckFactData,
  ...meetingFactData,
  ...handOverFactData,
  ...correctionFactData,
  ...noticeFactData,
  ...courseFactData,
  'grant.issued': Type.Object(
    {
      grantId: PersonId,
      personId: PersonId,
      terminalId: TerminalId,
      purpose: Type.String({ maxLength: 32 }),
      expiresAt: Type.String({ pattern: instantPattern }),
    },
    closed,
  ),
} as const;

export type CheckInMethod = FactData<'duty.checked-in'>['method'];

export type FactType = keyof typeof factData;
export type FactData<T extends FactType> = Static<(typeof factData)[T]>;

export const terminalFactTypes: readonly FactType[] = [
  'duty.checked-in',
  'duty.checked-out',
  'hand-over.left',
  'hand-over.accepted',
  'hand-over.done',
  'duty.appealed',
  'shift-change.answered',
  'absence.asked',
  'face.enrolled',
  'face.erased',
  'consent.withdrawn',
  'pin.set',
  'complaint.raised',
  'complaint.reopened',
  'terminal.started',
  'clock.anchored',
  'spot-check.delivered',
  'spot-check.shown',
  'spot-check.answered',
  'spot-check.call-asked',
  'notice.delivered',
  'notice.read',
  'course.downloaded',
  'course.completed',
  'telemetry.noted',
  ...meetingTerminalFacts,
];

export function isFactType(type: string): type is FactType {
  return Object.hasOwn(factData, type);
}
