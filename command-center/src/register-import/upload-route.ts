import { ImportKind, isRefusal, refuse, workbookType } from '@sightline/contracts';
import { beginImport } from '@sightline/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { command, sendResult } from '#server/commands.ts';
import { placeOf } from '#server/guard-routes.ts';
import { parser } from '#server/parse.ts';
import { BadRequest, sendRefusal } from '#server/problem.ts';
import { openRegisterVault } from '#server/register-vault.ts';
import { newId } from '#server/route-deps.ts';
import { importRule, type ImportDeps } from './import-deps.ts';
import { importLimits } from './import-limits.ts';
import { takeUpload, tidyFileName } from './take-upload.ts';

const parseUpload = parser(
  Type.Object({ kind: ImportKind, name: Type.Optional(Type.String({ maxLength: 512 })) }),
);

const tooMany = refuse('too-many-imports', 'Other imports are waiting. Try again in a minute.');
const busy = refuse('import-running', 'An import is at work in this region. Wait for its end.');

/** POST /api/imports: takes the workbook into memory and begins to read it behind the reply. */
export function uploadRoute(app: FastifyInstance, deps: ImportDeps): void {
  let uploads = 0;
  // The workbook is taken as it comes, after the gate has let its caller in.
  app.addContentTypeParser(workbookType, (_request, payload, done) => done(null, payload));
  app.post('/api/imports', importRule, async (request, reply) => {
    const { kind, name = '' } = parseUpload(request.query);
    if (request.headers['content-type']?.split(';', 1)[0] !== workbookType) {
      throw new BadRequest(415, 'not-a-workbook', `The body is an .xlsx: ${workbookType}.`);
    }
    const vault = kind === 'members' ? await openRegisterVault(deps) : null;
    if (vault !== null && isRefusal(vault)) return sendRefusal(reply, vault);
    if (uploads >= importLimits.uploadsAtOnce || deps.runner().isFull()) {
      return sendRefusal(reply, tooMany);
    }
    uploads += 1;
    try {
      const file = await takeUpload(request);
      return await begin(deps, { request, reply, kind, file, fileName: tidyFileName(name) });
    } catch (error) {
      // What is not read of a body cannot be followed by another request.
      void reply.header('connection', 'close');
      throw error;
    } finally {
      uploads -= 1;
    }
  });
}

interface Upload {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly kind: ImportKind;
  readonly file: ArrayBuffer;
  readonly fileName: string;
}

async function begin(deps: ImportDeps, upload: Upload): Promise<FastifyReply> {
  const { request, reply, kind, file, fileName } = upload;
  const { region } = placeOf(request);
  const importId = newId();
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', file)).toString('hex');
  const run = { request, name: 'imports.begin', asked: { kind, fileName, digest } };
  const result = await command(deps, run, async (client, { actor, now }) => {
    const fresh = { importId, kind, region, actor, fileName, now };
    return (await beginImport(client, fresh)) ? { importId } : busy;
  });
  // A repeated request finds the import it began the first time.
  if (!isRefusal(result) && result.importId === importId) {
    deps.runner().read({ importId, kind, region, file });
  }
  return sendResult(reply, result);
}
