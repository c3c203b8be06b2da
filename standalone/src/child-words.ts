import Type from 'typebox';
import { Compile } from 'typebox/compile';

const databaseProgress = Compile(
  Type.Object({
    progress: Type.Object({ phase: Type.String(), bytes: Type.Optional(Type.Number()) }),
  }),
);
const simulatorProgress = Compile(Type.Object({ enrolled: Type.Integer(), of: Type.Integer() }));

/** How far the database's start is, from what its program says. */
export function databaseWords(message: unknown): string {
  if (!databaseProgress.Check(message)) return 'answers';
  const { phase, bytes } = message.progress;
  return bytes === undefined ? phase : `${phase}, ${(bytes / 1e6).toFixed(1)} MB`;
}

export function simulatorWords(message: unknown): string {
  if (!simulatorProgress.Check(message)) return 'the others go on enrolling by themselves';
  return `${message.enrolled} of ${message.of} enrolled`;
}
