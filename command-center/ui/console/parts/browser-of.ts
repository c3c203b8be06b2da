/** The browser's name out of what it says of itself. */
export function browserOf(agent: string): string {
  const known = /(Edg|OPR|Firefox|HeadlessChrome|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent)?.[1] ?? '';
  return known === null ? agent.slice(0, 40) || '–' : `${known[1]} ${known[2]} · ${system}`;
}
