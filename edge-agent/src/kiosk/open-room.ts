import { isRefusal, shiftAt, type Refusal } from '@sightline/contracts';
import type { Camera, PageCamera } from '#camera/camera.ts';
import { shuttered } from '#camera/shuttered.ts';
import { CourseKeeper, type CourseSettings } from '#course/course-keeper.ts';
import type { SelfTests } from '#device-health/self-tests.ts';
import type { Eyes } from '#face/eyes.ts';
import { openFaceDesk } from '#face/face-desk.ts';
import type { FaceDesk } from '#face/face-desk-parts.ts';
import { Gallery } from '#face/gallery.ts';
import { monotonicNow } from '#face/monotonic-now.ts';
import { openSecretKey } from '#face/secret-key.ts';
import { announceState } from '#kiosk/announce-state.ts';
import { checkDeliveries } from '#kiosk/check-deliveries.ts';
import { readContent } from '#kiosk/courses.ts';
import { dutyRoster } from '#kiosk/duty-roster.ts';
import { HandOverPasses } from '#kiosk/hand-over-passes.ts';
import { HandOverRecords } from '#kiosk/hand-over-records.ts';
import { KioskRecords } from '#kiosk/kiosk-records.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { mediaOriginsOf } from '#kiosk/media-origins.ts';
import { isInMeeting } from '#kiosk/read-meetings.ts';
import { stateReader, type StateParts } from '#kiosk/read-state.ts';
import type { KioskCommands } from '#kiosk/register-routes.ts';
import { sessionEnds, type FaceAim, type SessionEnds } from '#kiosk/session-ends.ts';
import { createSocketHub, type SocketHub } from '#kiosk/socket-hub.ts';
import { openVoiceNotes } from '#kiosk/voice-notes.ts';
import { openWatchDesk, type WatchDesk } from '#kiosk/watch-desk.ts';
import type { Terminal, TerminalLog } from '#terminal.ts';

export interface RoomParts {
  /** Where PINs, gallery and keys of this terminal are kept; 0700. */
  readonly dir: string;
  readonly terminal: Terminal;
  readonly camera: Camera | PageCamera;
  readonly eyes: Eyes;
  readonly selfTests: SelfTests;
  /** Where courses are fetched, and how. */
  readonly courseSource: {
    /** http://127.0.0.1:7405 */
    readonly brokerHttpUrl: string;
    readonly settings: CourseSettings;
  };
  readonly log: TerminalLog;
  /** [0, 1): draws the challenges. */
  readonly randomness?: (() => number) | undefined;
}

/** What stands behind the kiosk's door: its commands and its open pages. */
export interface KioskRoom extends AsyncDisposable {
  readonly commands: KioskCommands;
  readonly hub: SocketHub;
}

/** Opens records, gallery and face sessions, and ties them to the terminal. */
export async function openRoom(parts: RoomParts): Promise<KioskRoom> {
  await using opening = new AsyncDisposableStack();
  const { dir, terminal, camera, eyes, log } = parts;
  const records = opening.use(KioskRecords.open(dir));
  const handOvers = opening.use(HandOverRecords.open(dir));
  const courses = opening.use(
    await CourseKeeper.open({
      ...parts.courseSource,
      dir,
      terminal,
      log,
      randomness: parts.randomness,
    }),
  );
  const voices = await openVoiceNotes(dir);
  const roster = dutyRoster(() => terminal.desired());
  const passes = new HandOverPasses(monotonicNow);
  const gallery = await Gallery.open({ dir, model: eyes.model });
  for (const { trouble } of [records, gallery]) {
    if (trouble !== null) log.warn({ trouble }, 'A damaged file was set aside.');
  }
  const pinSecret = await openSecretKey(dir, 'pin.key');
  const isShut = () => records.meetings.shutter().isShut;
  const hub = createSocketHub(camera, {
    isShut,
    isInMeeting: () => isInMeeting({ terminal, records }),
  });
  const desk = opening.use(
    openWatchDesk(
      { terminal, records, gallery, pinSecret, handOvers, voices, roster, passes, courses },
      () => announcer.soon(),
    ),
  );
  const faces = opening.use(
    openFaceDesk({
      camera: shuttered(camera, isShut),
      eyes,
      gallery,
      randomness: parts.randomness ?? Math.random,
      isOnDuty: (personId) => isOnDuty({ terminal, records }, personId),
      isEnabled: () => terminal.desired()?.settings.faceEnabled ?? true,
      mayLookUnasked: () => !hub.isShownToMeeting(),
      onGuide: (guide, progress) => hub.tell({ kind: 'guide', guide, progress }),
      onEnd: (end, isAuto) => void ends.meet(end, isAuto),
      onChange: () => announcer.soon(),
    }),
  );
  const ends = sessionEnds({ ...parts, desk, hub });
  const read = stateReader({ ...parts, faces, gallery, records, roster, handOvers, courses });
  const announcer = opening.use(announceState(read, (message) => hub.tell(message)));
  opening.defer(terminal.onChange(announcer.soon));
  opening.defer(courses.onChange(announcer.soon));
  const deliveries = opening.use(sayDeliveries(desk, { terminal, log }));
  opening.defer(camera.onReport(announcer.soon));
  opening.defer(camera.onFrame((frame) => hub.show(frame, faces.session() !== 'idle')));
  await terminal.attach(heldHere(desk, { gallery, records }));
  await desk.recordOwedReceipts();
  await desk.settleHandOvers();
  opening.use(sweepHourly(desk, log));
  deliveries.look();
  const commands = kioskCommands({
    ...parts,
    desk,
    faces,
    ends,
    read,
    records,
    courses,
    announce: announcer.soon,
  });
  const opened = opening.move();
  return { commands, hub, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Faces and PINs that stand here, and how each is forgotten. */
function heldHere(
  desk: WatchDesk,
  { gallery, records }: { readonly gallery: Gallery; readonly records: KioskRecords },
): Parameters<Terminal['attach']>[0] {
  return {
    faces: async () => gallery.personIds(),
    pins: async () => records.pinHolders(),
    executors: {
      'forget-face': async ({ personId, reason }) => {
        await desk.forgetFace({ personId, reason, isOwnWord: false });
      },
      'forget-pin': ({ personId }) => desk.forgetPin(personId),
    },
  };
}

/** Says that checks and notices came, and what else is owed, now and whenever the terminal changes. */
function sayDeliveries(
  desk: WatchDesk,
  { terminal, log }: Pick<RoomParts, 'terminal' | 'log'>,
): Disposable & { readonly look: () => void } {
  const owed = [desk.checks, desk.notices, desk.meetings];
  const deliveries = owed.map((one) => checkDeliveries({ ...one, log }));
  const look = (): void => {
    for (const each of deliveries) each.look();
  };
  const unlisten = terminal.onChange(look);
  return {
    look,
    [Symbol.dispose]() {
      unlisten();
      for (const each of deliveries) each[Symbol.dispose]();
    },
  };
}

/** Words and recordings of the hand-over end on time, also on a terminal that is never restarted. */
function sweepHourly(desk: WatchDesk, log: TerminalLog): Disposable {
  const sweeping = setInterval(() => {
    desk.settleHandOvers().catch((fault: unknown) => {
      log.error({ err: fault }, 'The hand-over could not be swept.');
    });
  }, kioskLimits.handOver.sweepMs);
  return { [Symbol.dispose]: () => clearInterval(sweeping) };
}

function isOnDuty(
  { terminal, records }: Pick<StateParts, 'terminal' | 'records'>,
  personId: string,
): boolean {
  const shift = shiftAt(Temporal.Instant.from(terminal.clock.now().at));
  return records.checkIns(shift.key).some((known) => known.personId === personId);
}

interface CommandParts {
  readonly terminal: Terminal;
  readonly desk: WatchDesk;
  readonly faces: FaceDesk;
  readonly ends: SessionEnds;
  readonly read: KioskCommands['state'];
  readonly selfTests: SelfTests;
  readonly records: KioskRecords;
  readonly courses: CourseKeeper;
  readonly announce: () => void;
}

function kioskCommands(parts: CommandParts): KioskCommands {
  const { terminal, desk, faces, ends, read, courses } = parts;
  const startFace = (aim: FaceAim): Refusal | null => {
    const shut = desk.meetings.mayLook();
    if (shut !== null) return shut;
    const refusal = faces.startCheckIn();
    if (refusal === null) ends.aim(aim);
    return refusal;
  };
  return {
    state: read,
    startCheckIn: () => startFace('check-in'),
    checks: {
      shown: (checkId) => desk.checks.shown(checkId),
      answerByPin: (request) => desk.checks.answerByPin(request),
      askForCall: (checkId) => desk.checks.askForCall(checkId),
      startFace: (checkId) => startFace({ checkId }),
    },
    cancel: () => faces.cancel(),
    checkInByPin: (request) => desk.checkInByPin(request),
    withdrawFace: (request) => desk.withdrawFace(request),
    setPin: (request) => desk.setPin(request),
    enrolTerminal: (code) => terminal.enrol(code),
    complaints: desk.complaints,
    handOver: {
      ...desk.handOver,
      startCheckOut: () => startFace('check-out'),
      startOpening: () => startFace('hand-over'),
    },
    appeals: desk.appeals,
    notices: desk.notices,
    mediaOrigins: () => mediaOriginsOf(parts),
    meetings: {
      ...desk.meetings,
      present: (request) => desk.meetings.present(request, 'button'),
      startFace: (request) => startFace(request),
      setShutter(isShut) {
        if (isShut) faces.cancel();
        return desk.meetings.setShutter(isShut);
      },
    },
    shiftChanges: desk.shiftChanges,
    absences: desk.absences,
    courses: {
      content: (courseId) => readContent(courses, courseId),
      file: (courseId, sha256) => courses.library.file(courseId, sha256),
      downloadNow: () => courses.downloadNow(),
      handInByPin: desk.courses.handInByPin,
      startFace: (request) => startFace(request),
    },
    async noteSelfTest(found) {
      await parts.selfTests.note({ at: terminal.clock.now().at, ...found });
      parts.announce();
      return null;
    },
    async startEnrolment(request) {
      const shut = desk.meetings.mayLook();
      if (shut !== null) return shut;
      const permit = await desk.mayEnrol(request);
      if (isRefusal(permit)) return permit;
      const refusal = faces.startEnrolment(request.personId);
      if (refusal === null) ends.permit(permit);
      return refusal;
    },
  };
}
