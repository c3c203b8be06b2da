/** What a failed listen means for people: which port, and what to do. */
export function listenFault(
  cause: unknown,
  where: { readonly host: string; readonly port: number; readonly setting: string },
): Error {
  const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  const { host, port, setting } = where;
  const sentence = isTaken
    ? `Port ${port} on ${host} is taken. Stop the program that has it, or set ${setting} to a free port.`
    : `The broker cannot listen on ${host}:${port}.`;
  return new Error(sentence, { cause });
}
