import { spawn } from 'node:child_process';
import { limits } from '#limits.ts';

/** How a tool of the build ended. */
export interface ToolEnd {
  readonly code: number | null;
  /** The begin of what it wrote on stdout and stderr together. */
  readonly words: string;
}

export interface ToolOptions {
  readonly cwd: string;
  /** Folders with the tools. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Given on its standard input. */
  readonly input?: string;
}

/**
 * Runs a tool at low priority, in a process group of its own: a compiler has children, and an abort ends
 * them all. Throws the signal's reason when aborted, an Error when the tool cannot be started.
 */
export async function runTool(
  words: readonly string[],
  { cwd, path, signal, input = '' }: ToolOptions,
): Promise<ToolEnd> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ToolEnd>();
  // A meeting or a terminal on the same machine goes before a compiler.
  const child = spawn('nice', ['-n', '15', ...words], {
    cwd,
    env: { PATH: path, LC_ALL: 'C', TMPDIR: cwd },
    detached: true,
  });
  const endGroup = (): void => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  signal.addEventListener('abort', endGroup, { once: true });
  let text = '';
  const keep = (chunk: Buffer): void => {
    if (text.length < limits.worker.toolOutputBytes) text += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined); // It may end without reading.
  child.stdin.end(input);
  child.once('error', reject);
  child.once('close', (code) => resolve({ code, words: text }));
  try {
    const end = await promise;
    signal.throwIfAborted();
    return end;
  } finally {
    signal.removeEventListener('abort', endGroup);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}
