import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { BadRequest } from './problem.ts';

/** A reader of unknown values for one schema; throws a 400 naming the field that is wrong. */
export function parser<T extends TSchema>(schema: T): (value: unknown) => Static<T> {
  const check = Compile(schema);
  return (value) => {
    if (check.Check(value)) return value;
    const [first] = check.Errors(value);
    const where = first?.instancePath === '' ? 'The request' : first?.instancePath;
    throw new BadRequest(
      400,
      'malformed',
      `${where ?? 'The request'}: ${first?.message ?? 'wrong'}.`,
    );
  };
}
