import { randomUUID } from 'node:crypto';
import type { ImportFault } from '@sightline/contracts';
import {
  findMembersSeen,
  loadOrganisationsSeen,
  spoilRows,
  stageRows,
  type MemberBody,
  type MemberSeen,
  type OrganisationSeen,
  type StagedRow,
} from '@sightline/store';
import { memberColumns, readRow, type ImportRow } from '#domain/import-columns.ts';
import {
  judgeMember,
  readMember,
  type MemberContext,
  type MemberRead,
  type MemberRow,
} from '#domain/import-member.ts';
import { rowFault, type RowFault } from '#domain/import-words.ts';
import { wrongRow, type Staging } from './staging.ts';

interface Read extends MemberRead {
  readonly row: number;
  readonly hash: Buffer | null;
}

interface Register {
  readonly byCode: ReadonlyMap<string, OrganisationSeen>;
  readonly byId: ReadonlyMap<string, OrganisationSeen>;
}

/** Judges the sheet batch by batch: only one batch, and one hash a row before it, are kept in memory. */
export async function stageMembers(staging: Staging): Promise<number> {
  const byCode = await loadOrganisationsSeen(staging.store.pool);
  const byId = new Map([...byCode.values()].map((each) => [each.organisationId, each]));
  const firstRows = new Map<string, number>();
  let rows = 0;
  for await (const batch of staging.sheet.batches) {
    rows += batch.length;
    const spoilt: (ImportFault & { readonly row: number })[] = [];
    const reads = batch.map((row) => readOne(row, staging));
    const twins = findTwins(reads, firstRows);
    const known = await findMembersSeen(staging.store.pool, hashesOf(reads));
    const staged = reads.map((read) => {
      const twin = twins.get(read.row) ?? null;
      if (twin !== null) spoilt.push(...twinFaults(staging, { read, first: twin }));
      return stageOne(staging, { read, known, register: { byCode, byId } });
    });
    await stageRows(staging.store.pool, staging.importId, staged);
    if (spoilt.length > 0) await spoilRows(staging.store.pool, staging.importId, spoilt);
    await staging.note(staged, new Set(spoilt.map(({ row }) => row)));
  }
  return rows;
}

function readOne(row: ImportRow, { sheet, today, vault }: Staging): Read {
  const read = readRow(row, { columns: memberColumns, present: sheet.present });
  const member = readMember(read, today);
  const hash = member.idNumber === null ? null : vault.hash(member.idNumber);
  return { ...member, row: row.row, hash };
}

function hashesOf(reads: readonly Read[]): Buffer[] {
  return reads.flatMap(({ hash }) => hash ?? []);
}

/** Row → the first row of the file with the same number. */
function findTwins(
  reads: readonly Read[],
  firstRows: Map<string, number>,
): ReadonlyMap<number, number> {
  const twins = new Map<number, number>();
  for (const { hash, row } of reads) {
    if (hash === null) continue;
    const key = hash.toString('base64');
    const first = firstRows.get(key);
    if (first === undefined) firstRows.set(key, row);
    else twins.set(row, first);
  }
  return twins;
}

/** Both rows are wrong, and each names the other. */
function twinFaults(
  { sheet }: Staging,
  { read, first }: { readonly read: Read; readonly first: number },
): (ImportFault & { readonly row: number })[] {
  const { header } = memberColumns.idNumber;
  const column = sheet.letterOf(header);
  const said = (row: number, other: number) => ({
    ...rowFault('duplicate-in-file', header, { other }),
    row,
    column,
  });
  return [said(first, read.row), said(read.row, first)];
}

function stageOne(
  staging: Staging,
  {
    read,
    known,
    register,
  }: {
    readonly read: Read;
    readonly known: ReadonlyMap<string, MemberSeen>;
    readonly register: Register;
  },
): StagedRow {
  const { row, member, hash } = read;
  if (member === null || hash === null) return wrongRow(staging, row, read.faults);
  const same = known.get(hash.toString('hex')) ?? null;
  const context: MemberContext = {
    scope: staging.region,
    organisation: register.byCode.get(member.organisationCode) ?? null,
    known: same,
    knownPlace: same === null ? null : (register.byId.get(same.organisationId) ?? null),
  };
  const verdict = judgeMember(member, context);
  if (verdict.outcome === 'wrong') return wrongRow(staging, row, verdict.faults);
  const isNew = verdict.outcome === 'add';
  const number = isNew ? sealOf(member, hash, staging) : null;
  return {
    row,
    outcome: verdict.outcome,
    targetId: same?.memberId ?? randomUUID(),
    seen: verdict.outcome === 'change' ? (same?.seen ?? null) : null,
    body: verdict.outcome === 'same' ? null : bodyOf(member, verdict.organisationId),
    number,
    faults: noFaults,
  };
}

const noFaults: readonly (ImportFault & RowFault)[] = [];

function sealOf({ idNumber }: MemberRow, hash: Buffer, { vault }: Staging): StagedRow['number'] {
  return { cipher: vault.seal(idNumber), hash, masked: vault.mask(idNumber) };
}

function bodyOf(member: MemberRow, organisationId: string): MemberBody {
  const { name, sex, bornOn, education, joinedOn, isProbationary } = member;
  return { organisationId, name, sex, bornOn, education, joinedOn, isProbationary };
}
