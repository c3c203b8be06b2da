import type { Region, TerminalView } from '@sightline/contracts';
import { listTerminals, readBrokerState, readDesiredVersions } from '@sightline/store';
import { viewTerminal } from '#domain/view-terminal.ts';
import type { RouteDeps } from './route-deps.ts';

/** Where a page of terminals begins: after this one. */
export interface AfterTerminal {
  readonly region: Region;
  readonly terminalId: string;
}

/** Terminals of a scope as the console shows them, by region and id. */
export async function readTerminals(
  { store, now }: Pick<RouteDeps, 'store' | 'now'>,
  scope: Region,
  { after, limit }: { readonly after: AfterTerminal | null; readonly limit: number },
): Promise<TerminalView[]> {
  const page = { limit, ...(after === null ? {} : { after }) };
  const [rows, broker] = await Promise.all([
    listTerminals(store.pool, scope, page),
    readBrokerState(store.pool),
  ]);
  const versions = await readDesiredVersions(
    store.pool,
    rows.map((row) => row.terminalId),
  );
  const at = now();
  return rows.map((row) =>
    viewTerminal({ ...row, desiredVersion: versions.get(row.terminalId) ?? 0 }, broker, at),
  );
}
