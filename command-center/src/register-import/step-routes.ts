import {
  ImportStepRequest,
  isRefusal,
  refuse,
  type ImportView,
  type Refusal,
} from '@sightline/contracts';
import {
  discardImport,
  findImport,
  findUndoObstacle,
  isBusy,
  mayStillUndo,
  moveImport,
  refuseUndo,
  type Client,
  type ImportStep,
} from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { command, sendResult } from '#server/commands.ts';
import { placeOf } from '#server/guard-routes.ts';
import { parser } from '#server/parse.ts';
import { importRuleOfOne, type ImportDeps } from './import-deps.ts';

const parseStep = parser(ImportStepRequest);
const busy = refuse('import-running', 'An import is at work in this region. Wait for its end.');

/** Applying, undoing and taking back: decided in the request, done behind it. */
export function stepRoutes(app: FastifyInstance, deps: ImportDeps): void {
  const one = importRuleOfOne;
  app.post('/api/imports/:importId/apply', one, (request, reply) =>
    step(deps, request, {
      reply,
      name: 'imports.apply',
      decide: decideApply,
      begin: (importId, change) => deps.runner().apply(importId, change),
    }),
  );
  app.post('/api/imports/:importId/undo', one, (request, reply) =>
    step(deps, request, {
      reply,
      name: 'imports.undo',
      decide: (client, found) => decideUndo(client, found, deps.now()),
      begin: (importId, change) => deps.runner().undo(importId, change),
    }),
  );
  app.delete('/api/imports/:importId', one, (request, reply) =>
    step(deps, request, {
      reply,
      name: 'imports.discard',
      decide: async (client, { importId, state }) =>
        (await discardImport(client, importId)) ? null : wrongState(state),
      begin: () => undefined,
    }),
  );
}

interface Step {
  readonly reply: FastifyReply;
  /** Also what stands in the audit. */
  readonly name: string;
  readonly decide: (client: Client, found: ImportView) => Promise<Refusal | null>;
  /** What goes on behind the reply, once. */
  readonly begin: (importId: string, step: ImportStep) => void;
}

async function step(
  deps: ImportDeps,
  request: FastifyRequest,
  { reply, name, decide, begin }: Step,
): Promise<FastifyReply> {
  const { id: importId } = placeOf(request);
  const asked = parseStep(request.body ?? {});
  let began: ImportStep | null = null;
  const run = { request, name, subject: `import:${importId}`, asked };
  const result = await command(deps, run, async (client, { actor, now }) => {
    const found = await findImport(client, importId);
    if (found === null) throw new Error(`The import ${importId} is gone.`);
    const refusal = await decide(client, found);
    if (refusal !== null) return refusal;
    began = { actor, now };
    return { importId };
  });
  // A repeated request finds its first answer, and nothing begins a second time.
  if (began !== null && !isRefusal(result)) begin(importId, began);
  return sendResult(reply, result);
}

/** All or nothing: one wrong row, and nothing is applied. */
async function decideApply(client: Client, found: ImportView): Promise<Refusal | null> {
  const { importId, region, wrong } = found;
  if (await isBusy(client, region)) return busy;
  if (found.state !== 'checked') return wrongState(found.state);
  if (wrong > 0) {
    const detail = `${wrong} rows are wrong. Correct them in the workbook and import it again.`;
    return refuse('import-has-errors', detail);
  }
  const isMoved = await moveImport(client, importId, { from: 'checked', to: 'applying' });
  return isMoved ? null : busy;
}

async function decideUndo(
  client: Client,
  found: ImportView,
  now: Temporal.Instant,
): Promise<Refusal | null> {
  const { importId, region, appliedAt } = found;
  if (await isBusy(client, region)) return busy;
  if (found.state !== 'applied' || appliedAt === null) return wrongState(found.state);
  if (!mayStillUndo(appliedAt, now)) {
    return refuse('undo-expired', 'This import is too old: how the rows were before is gone.');
  }
  const obstacle = await findUndoObstacle(client, importId);
  if (obstacle !== null) return refuseUndo(obstacle);
  const isMoved = await moveImport(client, importId, { from: 'applied', to: 'undoing' });
  return isMoved ? null : busy;
}

function wrongState(state: string): Refusal {
  return refuse('import-state', `This import is ${state}; that cannot be done with it now.`);
}
