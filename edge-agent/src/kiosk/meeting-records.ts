import type { DatabaseSync } from 'node:sqlite';
import { meetingLimits, type RemoteOpening, type TerminalMeeting } from '@sightline/contracts';
import type { KnownMeeting } from '#domain/meeting.ts';
import { kioskLimits } from '#kiosk/limits.ts';

/** `leave` and `shutter` have one row each: how they stand now. */
export const meetingSchema = `
  create table if not exists meeting (
    meeting_id text primary key, at text not null, rung_at text, answer text, how text,
    answered_at text, round integer not null default 0, round_at text,
    title text not null, by_login text not null, by_roles text not null, by_region text not null,
    is_remote integer not null, media_origin text not null
  ) strict;
  create table if not exists remote_leave (
    one integer primary key check (one = 1), person_id text not null, at text not null,
    is_allowed integer not null, is_told integer not null
  ) strict;
  create table if not exists shutter (
    one integer primary key check (one = 1), is_shut integer not null, at text not null
  ) strict;
`;

/** What was said of a meeting just now. */
export interface MeetingNote {
  readonly at: string;
  readonly rung?: boolean;
  readonly answer?: { readonly answer: 'accepted' | 'declined'; readonly how: 'touch' | 'auto' };
  readonly round?: number;
}

/** 远程开启许可 as it stands; `isTold`: its fact is in the outbox. */
export interface RemoteLeave {
  readonly personId: string;
  readonly at: string;
  readonly isAllowed: boolean;
  readonly isTold: boolean;
}

export class MeetingRecords {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The newest first, more than a desired state can name. */
  known(): readonly KnownMeeting[] {
    return this.#db
      .prepare('select * from meeting order by at desc limit ?')
      .all(4 * meetingLimits.perTerminal)
      .map((row) => ({
        meetingId: String(row['meeting_id']),
        rungAt: textOf(row['rung_at']),
        answer: oneOf(row['answer'], ['accepted', 'declined']),
        how: oneOf(row['how'], ['touch', 'auto']),
        answeredAt: textOf(row['answered_at']),
        round: Number(row['round']),
        roundAt: textOf(row['round_at']),
      }));
  }

  note(meeting: TerminalMeeting, { at, rung, answer, round }: MeetingNote): void {
    const { meetingId, title, by } = meeting;
    this.#db
      .prepare(
        `insert into meeting values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         on conflict do update set rung_at = coalesce(rung_at, ?3), answer = coalesce(?4, answer),
           how = coalesce(?5, how), answered_at = coalesce(?6, answered_at),
           round = max(round, ?7), round_at = coalesce(?8, round_at)`,
      )
      .run(
        meetingId,
        at,
        rung === true ? at : null,
        answer?.answer ?? null,
        answer?.how ?? null,
        answer === undefined ? null : at,
        round ?? 0,
        round === undefined ? null : at,
        title,
        by.login,
        by.roles.join(' '),
        by.region,
        meeting.isRemoteOpening ? 1 : 0,
        meeting.mediaUrl,
      );
    const before = Temporal.Instant.from(at).subtract({ hours: 24 * kioskLimits.meetingDays });
    this.#db.prepare('delete from meeting where at < ?').run(before.toString());
  }

  /** 谁远程开启过, the newest first. */
  openings(): readonly RemoteOpening[] {
    return this.#db
      .prepare('select * from meeting where is_remote = 1 order by at desc limit ?')
      .all(kioskLimits.openingsShown)
      .map((row) => {
        const answer = oneOf(row['answer'], ['accepted', 'declined']);
        return {
          meetingId: String(row['meeting_id']),
          title: String(row['title']),
          by: {
            login: String(row['by_login']),
            roles: String(row['by_roles']).split(' ').filter(Boolean),
            region: String(row['by_region']),
          },
          at: String(row['at']),
          outcome: answer === 'accepted' && row['how'] === 'auto' ? 'opened' : answer,
        };
      });
  }

  /** Where meetings were held lately: a page may signal there. */
  mediaUrls(): readonly string[] {
    return this.#db
      .prepare(
        'select media_origin from meeting group by media_origin order by max(at) desc limit ?',
      )
      .all(kioskLimits.mediaOrigins)
      .map((row) => String(row['media_origin']));
  }

  leave(): RemoteLeave | null {
    const row = this.#db.prepare('select * from remote_leave').get();
    if (row === undefined) return null;
    return {
      personId: String(row['person_id']),
      at: String(row['at']),
      isAllowed: row['is_allowed'] === 1,
      isTold: row['is_told'] === 1,
    };
  }

  setLeave({ personId, at, isAllowed, isTold }: RemoteLeave): void {
    this.#db
      .prepare(
        `insert into remote_leave values (1, ?, ?, ?, ?)
         on conflict do update set person_id = excluded.person_id, at = excluded.at,
           is_allowed = excluded.is_allowed, is_told = excluded.is_told`,
      )
      .run(personId, at, isAllowed ? 1 : 0, isTold ? 1 : 0);
  }

  shutter(): { readonly isShut: boolean; readonly since: string | null } {
    const row = this.#db.prepare('select is_shut, at from shutter').get();
    return { isShut: row?.['is_shut'] === 1, since: textOf(row?.['at']) };
  }

  setShutter(isShut: boolean, at: string): void {
    this.#db
      .prepare(
        `insert into shutter values (1, ?, ?)
         on conflict do update set is_shut = excluded.is_shut, at = excluded.at`,
      )
      .run(isShut ? 1 : 0, at);
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | null {
  return words.find((word) => word === value) ?? null;
}
