import type { LedgerFigures, LedgerHint, LedgerRow, Page } from '@sightline/contracts';
import {
  countCorrections,
  countDutiesByDay,
  countDutiesByRegion,
  listHintPairs,
  listLedger,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { figuresOf, sumOf } from '#domain/watch/duty-figures.ts';
import { findHints } from '#domain/watch/find-hints.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { exportRoute } from '../export-route.ts';
import { ledgerColumns } from '../export-ledger.ts';
import { pagesOf } from '../export-file.ts';
import { placeNamer } from '../export-lists.ts';
import { ledgerCursor, ledgerDaysOf, ledgerPageOf } from '../ledger-query.ts';
import { pageOf } from '../page.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const byName = { action: 'see-ledger', of: 'scope', purpose: 'asked' } as const;

/** 值班台账: its rows by name, its figures without names, and what is worth a look. */
export function ledgerRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get('/api/ledger', under(byName), async (request): Promise<Page<LedgerRow>> => {
    const page = ledgerPageOf(request, limits.pageRows + 1);
    const receipt = await audited(deps, request, { what: 'ledger.read' });
    return pageOf(await listLedger(store.pool, receipt, page), ledgerCursor);
  });

  app.get('/api/ledger/hints', under(byName), async (request): Promise<readonly LedgerHint[]> => {
    const days = ledgerDaysOf(request);
    const receipt = await audited(deps, request, { what: 'ledger.hints' });
    return findHints(await listHintPairs(store.pool, receipt, days));
  });

  app.get(
    '/api/ledger/figures',
    under({ action: 'see-reachability', of: 'scope' }),
    async (request): Promise<LedgerFigures> => {
      const days = ledgerDaysOf(request);
      const byDay = await countDutiesByDay(store.pool, days);
      const byRegion = await countDutiesByRegion(store.pool, days);
      return {
        whole: sumOf(days.scope, byDay),
        byRegion: figuresOf(byRegion),
        byDay: figuresOf(byDay),
        corrections: await countCorrections(store.pool, days),
      };
    },
  );

  exportRoute(app, {
    path: 'ledger',
    rule: byName,
    isPersonal: true,
    read: async (request) => {
      const asked = ledgerPageOf(request, limits.pageRows);
      const receipt = await audited(deps, request, { what: 'ledger.export' });
      return {
        name: `ledger-${asked.scope}-${asked.from}-${asked.to}`,
        columns: ledgerColumns(await placeNamer(store, asked.scope)),
        pages: pagesOf(
          (after: LedgerRow | null, limit) =>
            listLedger(store.pool, receipt, { ...asked, limit, after }),
          (row) => row,
        ),
      };
    },
  });
}
