/** The programs of one installation, in the order they start; they stop in the opposite one. */
export const programs = {
  postgres: 'store/src/postgres-main.ts',
  broker: 'broker/src/main.ts',
  centre: 'command-center/src/main.ts',
  media: 'media/server/src/main.ts',
  agent: 'edge-agent/src/main.ts',
  simulator: 'standalone/src/simulator-main.ts',
} as const;

export type ProgramName = keyof typeof programs;
