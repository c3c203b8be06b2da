import type { Terminal, TerminalConfig, TerminalDeps } from '#terminal.ts';

/** Opens the identity, joins the outbox and keeps the link. */
export async function startTerminal(config: TerminalConfig, deps: TerminalDeps): Promise<Terminal> {
  throw new Error(`Not built yet: ${config.dir} ${deps.outbox.file}`);
}
