/** Every ceiling of the roster workbook, units last. */
export const rosterLimits = {
  /** Of a township; the largest has fewer than 50 villages. */
  sheets: 100,
  /** As it is uploaded: 50 sheets of a month take about 200 KiB. */
  uploadBytes: 1024 * 1024,
  /** One sheet unpacked. */
  sheetBytes: 512 * 1024,
  rows: 400,
  /** The texts of all sheets together, unpacked. */
  textsBytes: 512 * 1024,
  uploadsAtOnce: 2,
  /** Villages of a township. */
  villagesRead: 200,
  faultsTold: 200,
} as const;
