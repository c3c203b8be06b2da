import { createHash, randomUUID } from 'node:crypto';
import type { Queryable } from '#engine/store.ts';

export interface TestOrganisation {
  readonly code: string;
  readonly region: string;
  readonly parent?: { readonly organisationId: string; readonly path: string };
  readonly kind?: 'committee' | 'branch';
}

/** For tests: an organisation that stands in its region since 2000. */
export async function insertOrganisation(
  db: Queryable,
  { code, region, parent, kind = 'branch' }: TestOrganisation,
): Promise<{ readonly organisationId: string; readonly path: string }> {
  const organisationId = randomUUID();
  const path = `${parent?.path ?? ''}${code}.`;
  await db.query(
    `insert into organisation (organisation_id, code, name, kind, parent_id, path)
     values ($1, $2, $3, $4, $5, $6)`,
    [organisationId, code, `组织 ${code}`, kind, parent?.organisationId ?? null, path],
  );
  await db.query(
    `insert into organisation_region (organisation_id, region, from_day) values ($1, $2, '2000-01-01')`,
    [organisationId, region],
  );
  return { organisationId, path };
}

export interface TestMember {
  readonly organisationId: string;
  readonly name?: string;
  readonly sex?: 'female' | 'male';
  readonly bornOn?: string;
  readonly joinedOn?: string;
  readonly idCipher?: Buffer;
}

/** For tests: a member, whose number nobody can read unless `idCipher` is a real one. */
export async function insertMember(db: Queryable, member: TestMember): Promise<string> {
  const memberId = randomUUID();
  await db.query(
    `insert into member (member_id, organisation_id, name, sex, born_on, education, joined_on,
       id_cipher, id_hash, id_masked, added_at)
     values ($1, $2, $3, $4, $5, 'college', $6, $7, $8, '5402*************X', now())`,
    [
      memberId,
      member.organisationId,
      member.name ?? '某人',
      member.sex ?? 'male',
      member.bornOn ?? '1980-05-01',
      member.joinedOn ?? '2010-07-01',
      member.idCipher ?? Buffer.alloc(0),
      createHash('sha256').update(memberId).digest(),
    ],
  );
  return memberId;
}
