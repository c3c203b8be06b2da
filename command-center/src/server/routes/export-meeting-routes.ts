import {
  meetingLimits,
  type MeetingVenue,
  type MeetingView,
  type Region,
  type RollCallAnswer,
  type RollCallMethod,
  type Seat,
} from '@sightline/contracts';
import { readMeeting, readRollCallAnswers, readVenues } from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { viewVenues } from '#domain/meeting/view-venues.ts';
import { audited } from '../audited.ts';
import { wholeOf, type ExportColumn } from '../export-file.ts';
import { localTime, methodWords } from '../export-ledger.ts';
import { placeColumns, placeNamer } from '../export-lists.ts';
import { exportRoute } from '../export-route.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { meetingIdOf, noSuchMeeting } from './meeting-read-routes.ts';

/** One venue of the meeting: its seat, how long it was there, and what it answered in each round. */
interface VenueRow {
  readonly region: Region;
  readonly calledAt: string;
  readonly venue: MeetingVenue;
  /** By round; a round that did not ask it, or that it did not answer, is not there. */
  readonly answers: ReadonlyMap<number, RollCallAnswer>;
}

/**
 * 参会表 of one meeting: invited, answered, joined, minutes with packets, and each round of the roll call with
 * its method. It names who answered, so its audit row stands before anything is read. By code: no list is a
 * ranking.
 */
export function exportMeetingRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, now } = deps;
  exportRoute<VenueRow>(app, {
    path: 'meetings/:meetingId/attendance',
    rule: { action: 'see-meetings', of: 'scope', purpose: 'asked' },
    isPersonal: true,
    read: async (request) => {
      const [meetingId, { region: scope }] = [askedMeeting(request), placeOf(request)];
      const asked = { meetingId, scope };
      const view = await readMeeting(store.pool, asked, { lines: meetingLimits.lines });
      if (view === null) return noSuchMeeting(meetingId);
      const subject = `meeting:${meetingId}`;
      const receipt = await audited(deps, request, { what: 'meeting.roll-calls', subject });
      const answers = await readRollCallAnswers(store.pool, receipt, asked);
      const venues = viewVenues(await readVenues(store.pool, asked), now());
      return {
        name: `meeting-attendance-${scope}`,
        columns: [
          ...placeColumns<VenueRow>(await placeNamer(store, scope)),
          ...venueColumns,
          ...view.rounds.flatMap(({ round }) => roundColumns(round)),
        ],
        pages: wholeOf(rowsOf(view, venues, answers)),
      };
    },
  });
}

function askedMeeting(request: FastifyRequest): string {
  // The parameters of a path are texts.
  const { meetingId = '' } = request.params as Readonly<Record<string, string>>;
  return meetingIdOf({ meetingId });
}

function rowsOf(
  { seatsOf, calledAt }: Pick<MeetingView, 'calledAt'> & { readonly seatsOf: readonly Seat[] },
  venues: readonly MeetingVenue[],
  answers: readonly RollCallAnswer[],
): VenueRow[] {
  const regions = new Map(seatsOf.map(({ seatId, region }) => [seatId, region]));
  const bySeat = Map.groupBy(answers, ({ seatId }) => seatId);
  return venues
    .map((venue) => ({
      region: regions.get(venue.seatId) ?? '',
      calledAt,
      venue,
      answers: new Map(bySeat.get(venue.seatId)?.map((one) => [one.round, one])),
    }))
    .toSorted((a, b) => (a.region < b.region ? -1 : 1));
}

const answerWords = { accepted: '已应答 accepted', declined: '拒接 declined' } as const;
const howWords = { touch: '触摸 touch', auto: '远程开启 remote opening' } as const;
const rollCallWords: Readonly<Record<RollCallMethod, string>> = {
  ...methodWords,
  button: '按键 button',
};

const venueColumns: readonly ExportColumn<VenueRow>[] = [
  {
    header: '邀请（北京时间） Invited',
    cell: ({ calledAt }) => localTime(calledAt),
    width: 18,
  },
  {
    header: '振铃（北京时间） Rang',
    cell: ({ venue }) => localTime(venue.rungAt),
    width: 18,
  },
  {
    header: '应答 Answer',
    cell: ({ venue }) => (venue.answer === null ? null : answerWords[venue.answer]),
    width: 20,
  },
  {
    header: '应答于（北京时间） Answered',
    cell: ({ venue }) => localTime(venue.answeredAt),
    width: 18,
  },
  {
    header: '应答方式 How',
    cell: ({ venue }) => (venue.how === null ? null : howWords[venue.how]),
    width: 24,
  },
  {
    header: '进入（北京时间） Joined',
    cell: ({ venue }) => localTime(venue.joinedAt),
    width: 18,
  },
  {
    header: '在场分钟 Minutes present',
    cell: ({ venue }) => Math.round(venue.presentMs / 6_000) / 10,
    width: 22,
  },
  { header: '重新进入 Rejoins', cell: ({ venue }) => venue.rejoins },
];

function roundColumns(round: number): ExportColumn<VenueRow>[] {
  const mark = `点名 ${round} Roll call ${round}`;
  return [
    {
      header: `${mark}（北京时间）`,
      cell: ({ answers }) => localTime(answers.get(round)?.at ?? null),
      width: 24,
    },
    {
      header: `${mark} 方式 method`,
      cell: ({ answers }) => {
        const method = answers.get(round)?.method;
        return method === undefined ? null : rollCallWords[method];
      },
      width: 26,
    },
    {
      header: `${mark} 姓名 name`,
      cell: ({ answers }) => answers.get(round)?.name ?? null,
      width: 24,
    },
  ];
}
