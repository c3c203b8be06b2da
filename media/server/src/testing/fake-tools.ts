import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a fake worker does when it is run bare. */
export const WORKER_SCRIPT = '#!/bin/sh\nexit 41\n';

/** `good` compiles at once, `hanging` never ends, `failing` says an error, `headerless` misses a header. */
export type CompilerMood = 'good' | 'hanging' | 'failing' | 'headerless';

/** A folder of tools that make a worker within milliseconds, or fail as told. */
export interface FakeTools {
  /** As PATH. */
  readonly path: string;
  setMood(mood: CompilerMood): Promise<void>;
  /** How often a source was compiled or the worker linked. */
  compilations(): number;
  /** Process ids of compilers that hang. */
  hanging(): readonly number[];
}

const compiler = (dir: string): string => `#!/bin/sh
mood=$(cat ${dir}/mood)
case "$1" in --version) exit 0;; esac
case "$*" in *" -E "*|"-E "*)
  [ "$mood" = headerless ] && echo "missing libuv1 - dev"
  exit 0;;
esac
echo x >> ${dir}/compilations
if [ "$mood" = hanging ]; then echo $$ >> ${dir}/hanging; sleep 600 & wait; fi
if [ "$mood" = failing ]; then echo "sad.cpp:1: error: nothing works today" >&2; exit 1; fi
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
printf '${WORKER_SCRIPT.replaceAll('\n', '\\n')}' > "$out"
chmod +x "$out"
`;

export async function makeFakeTools(dir: string): Promise<FakeTools> {
  await mkdir(dir, { recursive: true });
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(dir, name), text);
    await chmod(join(dir, name), 0o755);
  };
  await put('g++', compiler(dir));
  await put('flatc', '#!/bin/sh\nexit 0\n');
  const lines = (name: string): readonly string[] =>
    existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8').trim().split('\n') : [];
  const tools: FakeTools = {
    path: `${dir}:/usr/bin:/bin`,
    async setMood(mood) {
      await writeFile(join(dir, 'mood'), mood);
      await rm(join(dir, 'compilations'), { force: true });
      await rm(join(dir, 'hanging'), { force: true });
    },
    compilations: () => lines('compilations').length,
    hanging: () => lines('hanging').map(Number),
  };
  await tools.setMood('good');
  return tools;
}
