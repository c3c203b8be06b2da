import { refuse, type OrganisationKind, type Refusal, type Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { findOrganisationPath, pathRange } from './read-organisations.ts';

export interface NewOrganisation {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly isFunctional: boolean;
  readonly parentId: string | null;
  readonly region: Region;
  readonly fromDay: string;
}

const depthAtMost = 8;

/** Adds an organisation below its parent. Refuses `no-such-parent`, `too-deep`, `code-taken`. */
export async function addOrganisation(
  client: Client,
  organisation: NewOrganisation,
): Promise<Refusal | null> {
  const { organisationId, code, parentId } = organisation;
  await holdTree(client);
  const parent = parentId === null ? '' : await findOrganisationPath(client, parentId);
  if (parent === null) return noSuchParent;
  const path = `${parent}${code}.`;
  if (depthOf(path) > depthAtMost) return tooDeep;
  const { rowCount } = await client.query(
    `insert into organisation (organisation_id, code, name, kind, is_functional, parent_id, path,
       founded_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      organisationId,
      code,
      organisation.name,
      organisation.kind,
      organisation.isFunctional,
      parentId,
      path,
      organisation.fromDay,
    ],
  );
  if (rowCount !== 1) return refuse('code-taken', `The code ${code} is another organisation’s.`);
  await client.query(
    'insert into organisation_region (organisation_id, region, from_day) values ($1, $2, $3)',
    [organisationId, organisation.region, organisation.fromDay],
  );
  return null;
}

export async function renameOrganisation(
  client: Client,
  { organisationId, name }: { readonly organisationId: string; readonly name: string },
): Promise<void> {
  await client.query('update organisation set name = $2 where organisation_id = $1', [
    organisationId,
    name,
  ]);
}

/** Puts an organisation, with all below it, under another parent. Refuses a circle and what is too deep. */
export async function moveOrganisation(
  client: Client,
  { organisationId, parentId }: { readonly organisationId: string; readonly parentId: string },
): Promise<Refusal | null> {
  await holdTree(client);
  const own = await findOrganisationPath(client, organisationId);
  const parent = await findOrganisationPath(client, parentId);
  if (own === null || parent === null) return noSuchParent;
  if (parent.startsWith(own)) {
    return refuse('circle', 'An organisation cannot stand under itself or under one of its own.');
  }
  const code = own.split('.').at(-2) ?? '';
  const { from, to } = pathRange(own);
  const { rows } = await client.query<{ depth: number }>(
    `select max(length(path) - length(replace(path, '.', ''))) as depth from organisation
     where path >= $1 and path < $2`,
    [from, to],
  );
  const below = (rows[0]?.depth ?? 1) - depthOf(own);
  if (depthOf(parent) + 1 + below > depthAtMost) return tooDeep;
  await client.query(
    `update organisation set path = $3 || substr(path, length($1) + 1)
     where path >= $1 and path < $2`,
    [from, to, `${parent}${code}.`],
  );
  await client.query('update organisation set parent_id = $2 where organisation_id = $1', [
    organisationId,
    parentId,
  ]);
  return null;
}

/** Ends an organisation on a day. Refused while members belong to it or others stand under it. */
export async function endOrganisation(
  client: Client,
  { organisationId, day }: { readonly organisationId: string; readonly day: string },
): Promise<Refusal | null> {
  await holdTree(client);
  // A member who is just being transferred there is waited for, and counted.
  await client.query('select from organisation where organisation_id = $1 for update', [
    organisationId,
  ]);
  const { rows } = await client.query<{ members: number; below: number }>(
    `select (select count(*)::integer from member
             where organisation_id = $1 and left_on is null) as members,
            (select count(*)::integer from organisation
             where parent_id = $1 and ended_on is null) as below`,
    [organisationId],
  );
  const { members = 0, below = 0 } = rows[0] ?? {};
  if (members > 0 || below > 0) {
    return refuse(
      'organisation-in-use',
      `${members} members and ${below} organisations still belong to it: transfer and move them first.`,
    );
  }
  const { rowCount } = await client.query(
    `update organisation_region set to_day = $2
     where organisation_id = $1 and to_day is null and from_day < $2`,
    [organisationId, day],
  );
  if (rowCount !== 1)
    return refuse('later-change', 'It stands there since that day: choose a later one.');
  await client.query('update organisation set ended_on = $2 where organisation_id = $1', [
    organisationId,
    day,
  ]);
  return null;
}

/** Changes of the tree wait for each other: a path is right only against the tree it was read from. */
export async function holdTree(client: Client): Promise<void> {
  await client.query('lock table organisation in share row exclusive mode');
}

const depthOf = (path: string) => path.split('.').length - 1;

const noSuchParent = refuse('no-such-parent', 'There is no such organisation, or it has ended.');
const tooDeep = refuse('too-deep', `Organisations stand at most ${depthAtMost} deep.`);
