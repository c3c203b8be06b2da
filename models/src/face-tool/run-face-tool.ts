import { parseArgs } from 'node:util';
import { attackCommand } from '#face-tool/attack-command.ts';
import { compareCommand } from '#face-tool/compare-command.ts';
import { readCommand } from '#face-tool/read-command.ts';
import { scoreCommand } from '#face-tool/score-command.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';
import type { Tool } from '#face-tool/tool.ts';
import { openFaceReader } from '#reader/open-face-reader.ts';

export const HELP = `npm run -s face -- COMMAND [options]

  read IMAGE [--template]        the faces of a picture: box, landmarks, quality, pose, eyes, liveness
  compare A B                    how alike the most prominent faces of two pictures are
  score PAIRS.tsv [--root DIR]   error rates over lines of pathA, pathB and 1 (one person) or 0, tabs between
  attack DIR                     APCER and BPCER of liveness over DIR/bona-fide/ and DIR/attack/

  --manifest FILE --weights DIR  other networks than the project's own; --help  this page
The answer is one line of JSON. Exit codes: 0 done, 1 a fault, 2 what was asked cannot be done. See docs/models.md.
`;

const OPTIONS = {
  template: { type: 'boolean', default: false },
  root: { type: 'string', default: '.' },
  manifest: { type: 'string' },
  weights: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parse>['values'];
type Command = (tool: Tool, files: readonly string[], values: Values) => Promise<void>;

const COMMANDS: Readonly<Record<string, { readonly files: number; readonly run: Command }>> = {
  read: {
    files: 1,
    run: (tool, [file = ''], { template }) => readCommand(tool, file, { template }),
  },
  compare: { files: 2, run: compareCommand },
  score: { files: 1, run: (tool, [file = ''], { root }) => scoreCommand(tool, file, { root }) },
  attack: { files: 1, run: (tool, [dir = '']) => attackCommand(tool, dir) },
};

/**
 * Runs one command line of `face`.
 * @throws ToolRefusal when it cannot be done: one sentence for the operator.
 */
export async function runFaceTool(
  args: readonly string[],
  { out, say }: { readonly out: (text: string) => void; readonly say: Tool['say'] },
): Promise<void> {
  const { values, positionals } = parse(args);
  const [name, ...files] = positionals;
  if (values.help || (name === undefined && args.length === 0)) return out(HELP);
  const command = COMMANDS[name ?? ''];
  if (name === undefined || command === undefined || !Object.hasOwn(COMMANDS, name)) {
    throw new ToolRefusal(`There is no command "${name ?? ''}": see npm run -s face -- --help.`);
  }
  if (files.length !== command.files) {
    throw new ToolRefusal(
      `"${name}" takes ${command.files} path${command.files > 1 ? 's' : ''}, not ${files.length}: see npm run -s face -- --help.`,
    );
  }
  await using reader = await open(values);
  const print: Tool['print'] = (answer) => out(`${JSON.stringify(answer)}\n`);
  await command.run({ reader, print, say }, files, values);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolRefusal(`${why.split('. ')[0]}: see npm run -s face -- --help.`, {
      cause: error,
    });
  }
}

async function open({ manifest, weights }: Values) {
  try {
    return await openFaceReader({ manifestFile: manifest, weightsDir: weights });
  } catch (error) {
    // Its message names the file and the remedy; a stack would only hide them.
    throw new ToolRefusal(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
