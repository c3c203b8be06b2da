import { isRefusal, SelfTest, type KioskState, type Refusal } from '@sightline/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { absenceRoutes, type AbsenceCommands } from '#kiosk/absence-routes.ts';
import { appealRoutes, type AppealCommands } from '#kiosk/appeal-routes.ts';
import { complainRoutes, type ComplaintCommands } from '#kiosk/complain-routes.ts';
import { courseRoutes, type CourseCommands } from '#kiosk/course-routes.ts';
import { handOverRoutes, type HandOverCommands } from '#kiosk/hand-over-routes.ts';
import { openSession } from '#kiosk/guard-door.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { meetingRoutes, type MeetingCommands } from '#kiosk/meeting-routes.ts';
import { noticeRoutes, type NoticeCommands } from '#kiosk/notice-routes.ts';
import { shiftChangeRoutes, type ShiftChangeCommands } from '#kiosk/shift-change-routes.ts';
import { spotCheckRoutes, type CheckCommands } from '#kiosk/spot-check-routes.ts';
import { sendProblem, sendRefusal } from '#kiosk/problem.ts';

/** What the page may ask for; a refusal is answered as 409 problem+json. */
export interface KioskCommands {
  state(): KioskState;
  startCheckIn(): Refusal | null;
  cancel(): void;
  checkInByPin(request: PinBody): Promise<unknown>;
  withdrawFace(request: OwnPin): Promise<unknown>;
  startEnrolment(request: EnrolBody): Promise<Refusal | null>;
  setPin(request: SetPinBody): Promise<Refusal | null>;
  enrolTerminal(code: string): Promise<Refusal | null>;
  noteSelfTest(found: SelfTestBody): Promise<Refusal | null>;
  readonly complaints: ComplaintCommands;
  readonly appeals: AppealCommands;
  readonly checks: CheckCommands;
  readonly handOver: HandOverCommands;
  readonly notices: NoticeCommands;
  readonly meetings: MeetingCommands;
  /** Where the page may signal to, now. */
  mediaOrigins(): readonly string[];
  readonly shiftChanges: ShiftChangeCommands;
  readonly absences: AbsenceCommands;
  readonly courses: CourseCommands;
}

const closed = { additionalProperties: false } as const;
const PersonId = Type.String({ minLength: 1, maxLength: 64 });
const Code = Type.String({ pattern: '^[0-9]{8}$' });
const Pin = Type.String({ pattern: '^[0-9]{6}$' });

const SessionBody = Type.Object({ token: Type.String({ maxLength: 256 }) }, closed);
const OwnPin = Type.Object({ personId: PersonId, pin: Pin }, closed);
type OwnPin = Static<typeof OwnPin>;
const PinBody = Type.Object(
  { personId: PersonId, pin: Pin, witness: Type.Optional(OwnPin) },
  closed,
);
type PinBody = Static<typeof PinBody>;
const EnrolBody = Type.Object(
  { personId: PersonId, code: Code, consentVersion: Type.String({ maxLength: 32 }) },
  closed,
);
type EnrolBody = Static<typeof EnrolBody>;
const SetPinBody = Type.Object({ personId: PersonId, code: Code, pin: Pin }, closed);
type SetPinBody = Static<typeof SetPinBody>;
const TerminalCode = Type.Object({ code: Type.String({ minLength: 8, maxLength: 32 }) }, closed);
/** What was seen and heard; the terminal says when. */
const SelfTestBody = Type.Omit(SelfTest, ['at'], closed);
type SelfTestBody = Static<typeof SelfTestBody>;
const Nothing = Type.Object({}, closed);

const slowly = { rateLimit: { max: kioskLimits.codesPerMinute, timeWindow: '1 minute' } };

/** The API of the kiosk page. */
export function registerRoutes(app: FastifyInstance, commands: KioskCommands, token: string): void {
  app.post<{ Body: Static<typeof SessionBody> }>(
    '/api/session',
    { schema: { body: SessionBody }, config: slowly },
    async (request, reply) => {
      if (openSession(reply, token, request.body.token)) return {};
      const detail = 'This link is not valid. Open the one that the terminal prints.';
      return sendProblem(reply, { status: 401, code: 'wrong-token', detail });
    },
  );
  app.get('/api/state', async () => commands.state());
  app.post('/api/check-in/face', { schema: { body: Nothing } }, async (_, reply) =>
    answer(reply, commands.startCheckIn()),
  );
  app.post('/api/session/cancel', { schema: { body: Nothing } }, async () => {
    commands.cancel();
    return {};
  });
  app.post<{ Body: SelfTestBody }>(
    '/api/self-test',
    { schema: { body: SelfTestBody }, config: slowly },
    async (request, reply) => answer(reply, await commands.noteSelfTest(request.body)),
  );
  registerCodeRoutes(app, commands);
  complainRoutes(app, commands.complaints);
  appealRoutes(app, commands.appeals);
  spotCheckRoutes(app, commands.checks);
  handOverRoutes(app, commands.handOver);
  noticeRoutes(app, commands.notices);
  meetingRoutes(app, commands.meetings);
  shiftChangeRoutes(app, commands.shiftChanges);
  absenceRoutes(app, commands.absences);
  courseRoutes(app, commands.courses);
}

/** Everything that takes a PIN or a code: slower, so that guessing is. */
function registerCodeRoutes(app: FastifyInstance, commands: KioskCommands): void {
  app.post<{ Body: PinBody }>(
    '/api/check-in/pin',
    { schema: { body: PinBody }, config: slowly },
    async (request, reply) => answer(reply, await commands.checkInByPin(request.body)),
  );
  app.post<{ Body: OwnPin }>(
    '/api/withdraw',
    { schema: { body: OwnPin }, config: slowly },
    async (request, reply) => answer(reply, await commands.withdrawFace(request.body)),
  );
  app.post<{ Body: EnrolBody }>(
    '/api/enrol',
    { schema: { body: EnrolBody }, config: slowly },
    async (request, reply) => answer(reply, await commands.startEnrolment(request.body)),
  );
  app.post<{ Body: SetPinBody }>(
    '/api/pin',
    { schema: { body: SetPinBody }, config: slowly },
    async (request, reply) => answer(reply, await commands.setPin(request.body)),
  );
  app.post<{ Body: Static<typeof TerminalCode> }>(
    '/api/terminal/enrol',
    { schema: { body: TerminalCode }, config: slowly },
    async (request, reply) => answer(reply, await commands.enrolTerminal(request.body.code)),
  );
}

function answer(reply: FastifyReply, value: unknown): FastifyReply {
  return isRefusal(value) ? sendRefusal(reply, value) : reply.send(value ?? {});
}
