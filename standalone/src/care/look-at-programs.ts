import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FETCH_COMMAND, MANIFEST_FILE, WEIGHTS_DIR } from '@sightline/models';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { ok, warn, type Finding } from './findings.ts';

const answerWithinMs = 10_000;
const Networks = Compile(
  Type.Object({
    networks: Type.Record(
      Type.String(),
      Type.Object({ file: Type.String(), bytes: Type.Integer() }),
    ),
  }),
);

/** The face networks, and the programs beside ours: what is not needed here is never called wrong. */
export async function lookAtPrograms(): Promise<Finding[]> {
  return [
    lookAtNetworks(),
    await lookAtProgram('ffmpeg', {
      args: ['-version'],
      neededFor:
        '无浏览器的摄像头、录像和课程影片需要 needed for a camera without a browser, recordings and films of courses',
    }),
    await lookAtProgram('chromium', {
      args: ['--version'],
      neededFor: '只有测试才需要 needed only for tests; any browser opens the pages',
    }),
  ];
}

/** By their size alone: the face reader compares the hash when it opens them. */
function lookAtNetworks(): Finding {
  const what = '人脸模型 Face networks';
  const remedy = `没有模型只能用密码签到 Without them people check in by PIN only. Run: ${FETCH_COMMAND}`;
  try {
    const manifest: unknown = JSON.parse(readFileSync(MANIFEST_FILE, 'utf8'));
    if (!Networks.Check(manifest)) return warn(what, `${MANIFEST_FILE} ?`, remedy);
    const all = Object.values(manifest.networks);
    const missing = all.filter(({ file, bytes }) => !hasBytes(join(WEIGHTS_DIR, file), bytes));
    if (missing.length === 0) return ok(what, `${all.length} 个 of ${all.length}`);
    return warn(what, `缺 missing: ${missing.map(({ file }) => file).join(', ')}`, remedy);
  } catch (cause) {
    return warn(what, cause instanceof Error ? cause.message : String(cause), remedy);
  }
}

function hasBytes(file: string, bytes: number): boolean {
  return existsSync(file) && statSync(file).size === bytes;
}

async function lookAtProgram(
  program: string,
  { args, neededFor }: { readonly args: readonly string[]; readonly neededFor: string },
): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: answerWithinMs });
    return ok(program, stdout.split('\n', 1)[0]?.trim() ?? '');
  } catch {
    return ok(program, `没有 not there: ${neededFor}`);
  }
}
