import { shiftAt, type KioskState, type PartHealth } from '@sightline/contracts';
import type { Camera } from '#camera/camera.ts';
import type { SelfTests } from '#device-health/self-tests.ts';
import type { Eyes } from '#face/eyes.ts';
import type { FaceDesk } from '#face/face-desk-parts.ts';
import type { Gallery } from '#face/gallery.ts';
import { isAsked } from '#domain/shift-change.ts';
import type { CourseKeeper } from '#course/course-keeper.ts';
import { readCourses } from '#kiosk/courses.ts';
import { readNotices } from '#kiosk/notices.ts';
import { readChecks } from '#kiosk/read-checks.ts';
import { readMeetings } from '#kiosk/read-meetings.ts';
import { readDuty, type DutyParts } from '#kiosk/read-duty.ts';
import { shiftChangesHere } from '#kiosk/shift-change.ts';
import type { Terminal } from '#terminal.ts';

export interface StateParts extends DutyParts {
  readonly terminal: Terminal;
  readonly camera: Camera;
  readonly eyes: Eyes;
  readonly selfTests: Pick<SelfTests, 'last'>;
  readonly faces: FaceDesk;
  readonly gallery: Gallery;
  readonly courses: CourseKeeper;
}

/** Gives the whole truth the page shows. */
export function stateReader(parts: StateParts): () => KioskState {
  const since = sinceReader();
  return () => {
    const { terminal, camera, faces, records } = parts;
    const state = terminal.state();
    const desired = terminal.desired();
    const { at } = terminal.clock.now();
    const now = Temporal.Instant.from(at);
    const shift = shiftAt(now);
    const changes = shiftChangesHere(parts);
    const holders = new Set(records.pinHolders());
    return {
      terminalId: state.terminalId,
      enrolment: state.enrolment,
      placeNames: desired?.placeNames ?? [],
      region: state.region,
      link: { state: state.link.state, since: state.link.since },
      outbox: {
        waiting: state.outbox.waiting,
        oldestAt: state.outbox.oldestAt,
        deadLetters: state.outbox.deadLetters,
      },
      shift: { key: shift.key, from: shift.from.toString(), to: shift.to.toString() },
      onDuty: records
        .checkIns(shift.key)
        .map(({ personId, at: since }) => ({ personId, at: since })),
      ...readDuty(parts, now),
      people: (desired?.people ?? []).map((person) => ({
        ...person,
        hasFace: parts.gallery.has(person.personId),
        hasPin: holders.has(person.personId),
        isAsked: isAsked(changes, person.personId),
      })),
      ...readChecks(parts, Temporal.Instant.from(at)),
      notices: readNotices(parts),
      meetings: readMeetings(parts, now),
      shutter: records.meetings.shutter(),
      courses: readCourses(parts.courses),
      camera: { owner: camera.owner, isSample: camera.isSample, ...camera.report() },
      session: faces.session(),
      faceEnabled: desired?.settings.faceEnabled ?? true,
      faceLockedUntil: lockedUntil(faces.lockedForMs(), at),
      simulated: state.simulated,
      demo: desired?.settings.demo ?? false,
      selfTest: parts.selfTests.last(),
      clockCertain: state.clockCertain,
      at,
      parts: [...state.parts, ...ownParts(parts).map((part) => since(part, at))],
    };
  };
}

/** On the clock that the page shows. */
function lockedUntil(lockedForMs: number, at: string): string | null {
  if (lockedForMs <= 0) return null;
  const until = Temporal.Instant.from(at).add({ milliseconds: Math.ceil(lockedForMs) });
  return until.toString({ smallestUnit: 'second' });
}

type Part = Omit<PartHealth, 'since' | 'detail'> & { readonly detail: string | null };

function ownParts({ camera, eyes, gallery, records }: StateParts): Part[] {
  const { state, detail } = camera.report();
  const trouble = eyes.trouble();
  // A page that shows no camera now is no fault: it opens it for a session only.
  const isPage = camera.owner === 'page';
  return [
    { name: 'camera', state: state === 'ready' ? 'up' : isPage ? 'unknown' : 'down', detail },
    { name: 'faces', state: trouble === null ? 'up' : 'down', detail: trouble },
    { name: 'records', state: records.trouble === null ? 'up' : 'down', detail: records.trouble },
    { name: 'gallery', state: gallery.trouble === null ? 'up' : 'down', detail: gallery.trouble },
  ];
}

/** Remembers since when each part is as it is. */
function sinceReader(): (part: Part, at: string) => PartHealth {
  const known = new Map<string, PartHealth>();
  return ({ name, state, detail }, at) => {
    const before = known.get(name);
    const since = before?.state === state ? before.since : at;
    const now = { name, state, since, ...(detail === null ? {} : { detail }) };
    known.set(name, now);
    return now;
  };
}
