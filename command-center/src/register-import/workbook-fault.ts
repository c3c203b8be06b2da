import type { ImportFault } from '@sightline/contracts';
import { fileFault, type ImportFaultCode } from '#domain/import-words.ts';

/** A workbook that cannot be read as it is: what is wrong with it, for the person who brought it. */
export class WorkbookFault extends Error {
  readonly faults: readonly ImportFault[];
  constructor(faults: readonly ImportFault[], options?: ErrorOptions) {
    super(`The workbook is refused: ${faults.map(({ code }) => code).join(', ')}.`, options);
    this.faults = faults;
  }
}

/** One thing wrong with the whole file. */
export function refuseFile(
  code: ImportFaultCode,
  params: Readonly<Record<string, string | number>> = {},
  options?: ErrorOptions,
): WorkbookFault {
  return new WorkbookFault([fileFault(code, params)], options);
}
