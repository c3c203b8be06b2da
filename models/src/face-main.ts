import { runFaceTool } from '#face-tool/run-face-tool.ts';
import { ToolRefusal } from '#face-tool/tool-refusal.ts';

// `npm run -s face -- COMMAND`: what the networks see in pictures, and how good they are on yours.

try {
  await runFaceTool(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    say: (sentence) => void process.stderr.write(`${sentence}\n`),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ToolRefusal ? 2 : 1;
}
