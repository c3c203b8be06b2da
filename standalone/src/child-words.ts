import Type from 'typebox';
import { Compile } from 'typebox/compile';

const databaseProgress = Compile(
  Type.Object({
    progress: Type.Object({ phase: Type.String(), bytes: Type.Optional(Type.Number()) }),
  }),
);
const simulatorProgress = Compile(Type.Object({ enrolled: Type.Integer(), of: Type.Integer() }));

/** How far the database's start is, from what its program says; null when it says something else. */
export function databaseWords(message: unknown): string | null {
  if (!databaseProgress.Check(message)) return null;
  const { phase, bytes } = message.progress;
  return bytes === undefined ? phase : `${phase}, ${(bytes / 1e6).toFixed(1)} MB`;
}

export function simulatorWords(message: unknown): string | null {
  if (!simulatorProgress.Check(message)) return null;
  return `${message.enrolled} of ${message.of} enrolled`;
}
