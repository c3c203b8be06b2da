import { isRegion, uuidPattern, type Region } from '@sightline/contracts';
import {
  findAbsenceRegion,
  findAccount,
  findComplaintRegion,
  findCorrection,
  findCourseRegion,
  findDutyChangeRegion,
  findImport,
  findMemberRegion,
  findNoticeRegion,
  findOrganisationRegion,
  findPerson,
  findSpotCheckRegion,
  findTerminalRegion,
  findViewerTokenRegion,
} from '@sightline/store';
import type { FastifyRequest } from 'fastify';
import { narrowScope, type Viewer } from '#domain/access.ts';
import { BadRequest } from './problem.ts';
import type { RouteDeps } from './route-deps.ts';
import type { PlaceKind } from './rule.ts';
import { todayOf } from './today.ts';

/** Where a request is done, and the thing of its path that lies there. */
export interface Place {
  readonly region: Region;
  /** The id in the path; empty where a rule speaks of a region alone. */
  readonly id: string;
}

type FindPlace = (request: FastifyRequest, viewer: Viewer) => Promise<Place>;

/** How each kind of place is found; 404 where there is no such thing, 400 where it cannot be one. */
export type Places = Readonly<Record<PlaceKind, FindPlace>>;

export function openPlaces({ store: { pool }, now }: Pick<RouteDeps, 'store' | 'now'>): Places {
  return {
    scope: async (request, viewer) => ({ region: scopeOf(request, viewer), id: '' }),
    village: async (request) => ({ region: villageOf(paramOf(request, 'region')), id: '' }),
    body: async (request) => ({ region: regionOfBody(request), id: '' }),
    person: thing(
      'personId',
      'no-such-person',
      uuidOnly(async (id) => (await findPerson(pool, id))?.region ?? null),
    ),
    organisation: thing(
      'organisationId',
      'no-such-organisation',
      // Where it stands today: one that will move is not there yet.
      uuidOnly((organisationId) =>
        findOrganisationRegion(pool, { organisationId, day: todayOf({ now }) }),
      ),
    ),
    member: thing(
      'memberId',
      'no-such-member',
      uuidOnly((memberId) => findMemberRegion(pool, { memberId, day: todayOf({ now }) })),
    ),
    import: thing(
      'importId',
      'no-such-import',
      uuidOnly(async (id) => (await findImport(pool, id))?.region ?? null),
    ),
    terminal: thing('terminalId', 'no-such-terminal', (id) => findTerminalRegion(pool, id)),
    account: thing(
      'accountId',
      'no-such-account',
      uuidOnly(async (id) => (await findAccount(pool, id))?.region ?? null),
    ),
    screen: thing(
      'tokenId',
      'no-such-screen',
      uuidOnly((id) => findViewerTokenRegion(pool, id)),
    ),
    course: thing(
      'courseId',
      'no-such-course',
      uuidOnly((id) => findCourseRegion(pool, id)),
    ),
    ...watchPlaces(pool),
    // One that is about the very account that asks is not there for it.
    complaint: (request, viewer) => {
      const login = viewer.kind === 'account' ? viewer.login : null;
      const find = (complaintId: string) => findComplaintRegion(pool, { complaintId, login });
      return thing('complaintId', 'no-such-complaint', uuidOnly(find))(request, viewer);
    },
  };
}

/** What is said and asked of the watch. */
function watchPlaces(pool: RouteDeps['store']['pool']) {
  return {
    'shift-change': thing(
      'changeId',
      'no-such-change',
      uuidOnly((id) => findDutyChangeRegion(pool, id)),
    ),
    absence: thing(
      'absenceId',
      'no-such-absence',
      uuidOnly((id) => findAbsenceRegion(pool, id)),
    ),
    correction: thing(
      'correctionId',
      'no-such-case',
      uuidOnly(async (id) => (await findCorrection(pool, id))?.region ?? null),
    ),
    'spot-check': thing(
      'checkId',
      'no-such-check',
      uuidOnly((id) => findSpotCheckRegion(pool, id)),
    ),
    notice: thing(
      'noticeId',
      'no-such-notice',
      uuidOnly((id) => findNoticeRegion(pool, id)),
    ),
  };
}

/** A thing that the path names by its id. */
function thing(
  param: string,
  code: string,
  find: (id: string) => Promise<Region | null>,
): FindPlace {
  return async (request) => {
    const id = paramOf(request, param);
    const region = await find(id);
    if (region !== null) return { region, id };
    throw new BadRequest(404, code, `There is no ${param.replace('Id', '')} ${id}.`);
  };
}

const uuid = new RegExp(uuidPattern);

function uuidOnly(find: (id: string) => Promise<Region | null>) {
  return async (id: string) => (uuid.test(id) ? find(id) : null);
}

function paramOf(request: FastifyRequest, name: string): string {
  // The parameters of a path are texts.
  const value = (request.params as Readonly<Record<string, string>>)[name];
  if (value === undefined) throw new Error(`${request.url} has no ":${name}" in its path.`);
  return value;
}

/** The scope of a list: what was asked for inside what the viewer may see. 403 when they do not meet. */
function scopeOf(request: FastifyRequest, viewer: Viewer): Region {
  // The query of any route is an object of texts or lists of them.
  const { region: asked } = request.query as Readonly<Record<string, unknown>>;
  if (asked === undefined) return viewer.region;
  if (typeof asked !== 'string' || !isRegion(asked)) {
    throw new BadRequest(400, 'malformed', '?region= is no region code: 4, 6, 9 or 12 digits.');
  }
  const scope = narrowScope(viewer, asked);
  if (scope !== null) return scope;
  throw new BadRequest(403, 'outside-scope', `${asked} lies outside your region ${viewer.region}.`);
}

function villageOf(text: string): Region {
  if (isRegion(text) && text.length === 12) return text;
  throw new BadRequest(400, 'malformed', `"${text}" is no village code: 12 digits.`);
}

function regionOfBody({ body }: FastifyRequest): Region {
  const region = typeof body === 'object' && body !== null && 'region' in body ? body.region : null;
  if (typeof region === 'string' && isRegion(region)) return region;
  throw new BadRequest(400, 'malformed', 'The request names no region.');
}
