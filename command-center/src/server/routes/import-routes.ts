import {
  ImportKind,
  workbookType,
  type ImportFault,
  type ImportRowErrors,
  type ImportView,
  type Page,
} from '@sightline/contracts';
import { findImport, listImports, listRowErrors } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { wordFault } from '#domain/import-words.ts';
import { limits } from '#limits.ts';
import { importRule, importRuleOfOne, type ImportDeps } from '#register-import/import-deps.ts';
import { startImportRunner, type ImportRunner } from '#register-import/import-runner.ts';
import { stepRoutes } from '#register-import/step-routes.ts';
import { templateWorkbook } from '#register-import/template-workbook.ts';
import { uploadRoute } from '#register-import/upload-route.ts';
import { audited } from '../audited.ts';
import { pagesOf, sendList, type ExportColumn } from '../export-file.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';

const parseTemplate = parser(Type.Object({ kind: ImportKind }));

/** 导入. A workbook into the register: dry run, what is wrong with it, apply, undo. */
export function importRoutes(app: FastifyInstance, given: RouteDeps): void {
  let running: ImportRunner | null = null;
  const runner = (): ImportRunner => {
    if (running === null) throw new Error('The server has not started yet.');
    return running;
  };
  const { store, now, config } = given;
  app.addHook('onReady', async () => {
    const keyFile = config.registerKeyFile;
    running = await startImportRunner({ store, now, keyFile, logger: app.log });
  });
  app.addHook('onClose', async () => running?.[Symbol.asyncDispose]());
  const deps = { ...given, runner };
  uploadRoute(app, deps);
  listRoutes(app, deps);
  errorRoutes(app, deps);
  stepRoutes(app, deps);
}

function listRoutes(app: FastifyInstance, deps: ImportDeps): void {
  const { store } = deps;
  app.get<{ Querystring: { readonly before?: string } }>(
    '/api/imports',
    importRule,
    async (request): Promise<Page<ImportView>> => {
      const before = parseNumberCursor(request.query.before);
      const { region: scope } = placeOf(request);
      const rows = await listImports(store.pool, { scope, before, limit: limits.pageRows + 1 });
      return pageOf(rows, ({ seq }) => String(seq));
    },
  );
  app.get('/api/imports/template.xlsx', importRule, async (request, reply) => {
    const { kind } = parseTemplate(request.query);
    return reply
      .type(workbookType)
      .header('content-disposition', `attachment; filename="${kind}.xlsx"`)
      .send(await templateWorkbook(kind));
  });
  app.get('/api/imports/:importId', importRuleOfOne, (request) =>
    viewOf(deps, placeOf(request).id),
  );
}

function errorRoutes(app: FastifyInstance, deps: ImportDeps): void {
  const { store } = deps;
  const one = importRuleOfOne;
  const what = 'imports.read-errors';
  app.get<{ Params: { readonly importId: string }; Querystring: { readonly after?: string } }>(
    '/api/imports/:importId/errors',
    one,
    async (request): Promise<Page<ImportRowErrors>> => {
      const { id } = placeOf(request);
      const after = parseNumberCursor(request.query.after) ?? 0;
      await audited(deps, request, { what, subject: `import:${id}` });
      const page = { after, limit: limits.pageRows + 1 };
      return pageOf(await listRowErrors(store.pool, id, page), ({ row }) => String(row));
    },
  );
  app.get('/api/imports/:importId/errors.xlsx', one, async (request, reply) => {
    const { id } = placeOf(request);
    await audited(deps, request, { what, subject: `import:${id}` });
    return sendList(reply, 'xlsx', {
      name: `import-errors-${id.slice(0, 8)}`,
      columns: errorColumns,
      pages: errorPages(deps, await viewOf(deps, id)),
    });
  });
}

const errorColumns: readonly ExportColumn<ImportFault>[] = [
  { header: '行 Row', width: 8, cell: ({ row }) => row },
  { header: '列 Column', width: 10, cell: ({ column }) => column },
  { header: '表头 Header', cell: ({ header }) => header },
  { header: '问题', width: 60, cell: (fault) => wordFault(fault, 'zh') },
  { header: 'Problem', width: 60, cell: (fault) => wordFault(fault, 'en') },
];

async function* errorPages(
  { store }: ImportDeps,
  { importId, faults }: ImportView,
): AsyncGenerator<readonly ImportFault[]> {
  yield faults;
  const read = (after: number | null, limit: number) =>
    listRowErrors(store.pool, importId, { after: after ?? 0, limit });
  for await (const page of pagesOf(read, ({ row }: ImportRowErrors) => row)) {
    yield page.flatMap((row) => row.faults);
  }
}

async function viewOf({ store }: ImportDeps, importId: string): Promise<ImportView> {
  const found = await findImport(store.pool, importId);
  if (found === null) throw new Error(`The import ${importId} is gone.`);
  return found;
}
