import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendList, type ExportedList, type ExportKind } from './export-file.ts';
import { under, type ActionRule } from './rule.ts';

/** A list that can be taken out of the house. */
export interface Exported<T> {
  /** Behind `/api/export/`, without its ending. */
  readonly path: string;
  /** That of the list itself: who may see it may take it. */
  readonly rule: ActionRule;
  /** Names people: a workbook alone, whose audit row stands before anything is read. */
  readonly isPersonal?: boolean;
  readonly read: (request: FastifyRequest) => Promise<ExportedList<T>>;
}

/** `GET /api/export/<path>.xlsx`, and `.csv` where it names nobody. */
export function exportRoute<T>(app: FastifyInstance, list: Exported<T>): void {
  const kinds: readonly ExportKind[] = list.isPersonal === true ? ['xlsx'] : ['xlsx', 'csv'];
  for (const kind of kinds) {
    app.get(`/api/export/${list.path}.${kind}`, under(list.rule), async (request, reply) =>
      sendList(reply, kind, await list.read(request)),
    );
  }
}
