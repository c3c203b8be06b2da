import pg from 'pg';

/** How columns arrive: `bigint` as number, instants as ISO text, dates as text; the rest as pg does. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === pg.types.builtins.INT8) return parsePosition;
      if (oid === pg.types.builtins.TIMESTAMPTZ) return parseInstant;
      if (oid === pg.types.builtins.DATE) return String;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

function parsePosition(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`The bigint ${text} is beyond 2^53.`);
  return value;
}

/** '2026-11-23 12:00:00.123+00' → '2026-11-23T12:00:00.123Z'. */
function parseInstant(text: string): string {
  return new Date(text).toISOString();
}
