import { verifyAudit } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import { verifyCustody } from '#log/verify-custody.ts';
import { describeDatabase } from './describe-database.ts';
import { explainAuditBreak } from './explain-audit-break.ts';
import type { Manifest } from './manifest.ts';
import { verifySeals } from './verify-seals.ts';

/** Throws the first thing that is not as the backup says: rows, the log, seals, audit, projections, ends. */
export async function assertWhole(db: Queryable, manifest: Manifest): Promise<void> {
  const found = await describeDatabase(db, manifest);
  const counts = new Map(found.tables.map(({ name, rows }) => [name, rows]));
  for (const { name, rows } of manifest.tables) {
    if (counts.get(name) === rows) continue;
    throw new Error(`${name} has ${String(counts.get(name))} rows where the backup says ${rows}.`);
  }
  const broken = await verifyCustody(db);
  if (broken !== null) {
    throw new Error(`The log is broken at ${broken.first}–${broken.last}: ${broken.problem}`);
  }
  const seal = await verifySeals(db);
  if (seal !== null) {
    throw new Error(`The chain of ${seal.source} is broken at ${seal.seq}: ${seal.problem}`);
  }
  const audit = await verifyAudit(db);
  if (audit.brokenAt !== null) {
    const { problem } = await explainAuditBreak(db, audit.brokenAt);
    throw new Error(`The audit is broken at row ${audit.brokenAt}: ${problem}`);
  }
  if (found.custodyRoot !== manifest.custodyRoot || found.audit.hash !== manifest.audit.hash) {
    throw new Error('The end of the log or of the audit is not the one the backup says.');
  }
  await assertProjectionsBehindLog(db);
}

/** A projection that has read further than the log reaches would never read what comes next. */
async function assertProjectionsBehindLog(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ name: string; position: number }>(
    `select name, position from projection_cursor
     where position > coalesce((select max(position) from log), 0) order by name limit 1`,
  );
  const [ahead] = rows;
  if (ahead === undefined) return;
  throw new Error(`${ahead.name} has read up to ${ahead.position}, further than the log reaches.`);
}
