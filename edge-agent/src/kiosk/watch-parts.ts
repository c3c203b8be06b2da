import { refuse, type Grant, type Refusal, type RosterPerson } from '@sightline/contracts';
import { notOnTheList } from '#domain/decide-check-in.ts';
import type { TimeReading } from '#domain/fact-draft.ts';
import type { Gallery } from '#face/gallery.ts';
import type { DutyRoster } from '#kiosk/duty-roster.ts';
import type { HandOverPasses } from '#kiosk/hand-over-passes.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';
import type { Terminal } from '#terminal.ts';

/** What the commands of the watch desk work on. */
export interface WatchParts {
  readonly terminal: Pick<Terminal, 'record' | 'sign' | 'desired' | 'state' | 'clock'>;
  readonly records: KioskRecords;
  readonly gallery: Gallery;
  readonly passes: HandOverPasses;
  readonly roster: DutyRoster;
  /** Mixed into every PIN's hash: this terminal's own key. */
  readonly pinSecret: Buffer;
}

/** Who may be enrolled next: granted by the console, agreed to by the person. */
export interface EnrolPermit {
  readonly grant: Grant;
  readonly consentVersion: string;
}

/** The terminal as a command finds it. */
export interface WatchPlace {
  readonly terminalId: string;
  readonly region: string;
  readonly isSimulated: boolean;
  readonly people: readonly RosterPerson[];
  readonly grants: readonly Grant[];
  readonly reading: TimeReading;
  readonly now: Temporal.Instant;
}

/** Where and when a command is given; refused on a terminal that is not enrolled. */
export function placeOf({ terminal }: WatchParts): WatchPlace | Refusal {
  const { terminalId, region, simulated } = terminal.state();
  if (terminalId === null || region === null) {
    return refuse('not-enrolled', 'This terminal is not enrolled. Enter its one-time code first.');
  }
  const reading = terminal.clock.now();
  const { people = [], grants = [] } = terminal.desired() ?? {};
  const now = Temporal.Instant.from(reading.at);
  return { terminalId, region, isSimulated: simulated, people, grants, reading, now };
}

/** As `placeOf`, for a command about one person of the village's list. */
export function placeFor(parts: WatchParts, personId: string): WatchPlace | Refusal {
  const place = placeOf(parts);
  if ('refused' in place) return place;
  return place.people.some((person) => person.personId === personId) ? place : notOnTheList();
}
