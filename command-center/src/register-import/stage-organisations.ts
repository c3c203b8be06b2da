import { randomUUID } from 'node:crypto';
import {
  loadOrganisationsSeen,
  loadRegionsSeen,
  stageRows,
  type OrganisationSeen,
  type StagedRow,
} from '@sightline/store';
import { organisationColumns, readRow } from '#domain/import-columns.ts';
import {
  judgeOrganisations,
  type OrganisationRead,
  type OrganisationVerdict,
} from '#domain/import-organisation.ts';
import { importLimits } from './import-limits.ts';
import { wrongRow, type Staging } from './staging.ts';

/** Judges the whole sheet at once: where an organisation hangs depends on every other row. */
export async function stageOrganisations(staging: Staging): Promise<number> {
  const { store, importId, region: scope, today, sheet } = staging;
  const register = await loadOrganisationsSeen(store.pool);
  const regions = await loadRegionsSeen(store.pool);
  const reads: OrganisationRead[] = [];
  for await (const batch of sheet.batches) {
    for (const row of batch) {
      reads.push(readRow(row, { columns: organisationColumns, present: sheet.present }));
    }
  }
  const verdicts = judgeOrganisations(reads, { scope, today, regions, register });
  for (let from = 0; from < verdicts.length; from += importLimits.rowsPerBatch) {
    const some = verdicts.slice(from, from + importLimits.rowsPerBatch);
    const staged = some.map((verdict) => stageOne(staging, verdict, register));
    await stageRows(store.pool, importId, staged);
    await staging.note(staged);
  }
  return reads.length;
}

function stageOne(
  staging: Staging,
  verdict: OrganisationVerdict,
  register: ReadonlyMap<string, OrganisationSeen>,
): StagedRow {
  if (verdict.outcome === 'wrong') return wrongRow(staging, verdict.row, verdict.faults);
  const known = register.get(verdict.plan.code) ?? null;
  return {
    row: verdict.row,
    outcome: verdict.outcome,
    targetId: known?.organisationId ?? randomUUID(),
    seen: verdict.outcome === 'change' ? (known?.seen ?? null) : null,
    body: verdict.outcome === 'same' ? null : verdict.plan,
    number: null,
    faults: [],
  };
}
