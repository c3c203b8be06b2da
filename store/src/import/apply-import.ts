import { watchZone, isRefusal, type ImportView, type Refusal } from '@sightline/contracts';
import type { Client, Store } from '#engine/store.ts';
import { appendCentreFacts, type CentreDraft } from '#log/append-centre-facts.ts';
import { factInstant } from '#register/add-people.ts';
import { inRefusableTransaction } from '#register/in-refusable-transaction.ts';
import { applyMembers } from './apply-members.ts';
import { applyOrganisations, movedOn } from './apply-organisations.ts';
import { countRegisterAnew } from './count-anew.ts';
import { allowLongStatements, longQuery } from './long-query.ts';

/** Who does it, and when. */
export interface ImportStep {
  readonly now: Temporal.Instant;
  /** `account:…` or `system:…`. */
  readonly actor: string;
}

/**
 * Writes a checked import (state `applying`) into the register: all of it in one transaction with its
 * fact, or nothing. Refuses `register-moved-on`. 73,623 members take about 10 s.
 */
export async function applyImport(
  store: Store,
  found: ImportView,
  step: ImportStep,
): Promise<Refusal | null> {
  try {
    const refusal = await inRefusableTransaction(store, async (client) => {
      await allowLongStatements(client);
      const { importId, kind } = found;
      const today = step.now.toZonedDateTimeISO(watchZone).toPlainDate();
      const refusal =
        kind === 'organisations'
          ? await applyOrganisations(client, { importId, today })
          : await applyMembers(client, { importId, now: step.now });
      if (refusal !== null) return refusal;
      // What was staged has become the register; two copies of a person are one too many.
      await longQuery(client, 'delete from import_row where import_id = $1', [importId]);
      await markApplied(client, importId, step.now);
      return appendImportFact(client, found, { ...step, type: 'register.imported' });
    });
    if (refusal === null) await countRegisterAnew(store.pool);
    return refusal;
  } catch (error) {
    if (isMovedOn(error)) return movedOn;
    throw error;
  }
}

async function markApplied(client: Client, importId: string, now: Temporal.Instant): Promise<void> {
  const { rowCount } = await client.query(
    `update import set state = 'applied', applied_at = $2, faults = '[]'
     where import_id = $1 and state = 'applying'`,
    [importId, now.toString()],
  );
  if (rowCount !== 1) throw new Error(`The import ${importId} was not being applied.`);
}

/** Appends the fact of an import that was applied or undone: counts, never a person. */
export async function appendImportFact(
  client: Client,
  found: ImportView,
  step: ImportStep & { readonly type: 'register.imported' | 'register.import-undone' },
): Promise<Refusal | null> {
  const { importId, kind, region } = found;
  const draft: CentreDraft = {
    at: factInstant(step.now),
    region,
    stream: `import/${region}/${importId}`,
    type: step.type,
    world: 'actual',
    actor: step.actor,
    data: { importId, kind, rows: found.toAdd + found.toChange },
  };
  const appended = await appendCentreFacts(client, [draft]);
  return isRefusal(appended) ? appended : null;
}

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';
const checkViolation = '23514';

/** A constraint found what the check had not: somebody wrote the same thing in between. */
function isMovedOn(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    [uniqueViolation, foreignKeyViolation, checkViolation].some((code) => code === error.code)
  );
}
