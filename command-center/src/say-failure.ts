/** Why the centre did not start, in one sentence with what to do. */
export function sayFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return (
      `Port ${String(error.port)} is taken by another program. ` +
      'Stop it, or set SIGHTLINE_CENTRE_PORT to a free port.'
    );
  }
  if ('code' in error && error.code === 'EACCES' && 'port' in error) {
    return (
      `Port ${String(error.port)} may not be opened by this user. ` +
      'Set SIGHTLINE_CENTRE_PORT to a port above 1023.'
    );
  }
  return error.message;
}
