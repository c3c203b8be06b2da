/**
 * The name people say: 南木林县 → 南木林, 教武场社区居民委员会 → 教武场社区. A name of one character
 * keeps its ending (贡村 stays 贡村).
 */
export function shortNameOf(name: string): string {
  const said = name.replace(/(?:居民委员会|村民委员会|居委会|村委会)$/u, '');
  const bare = said.replace(/[县区村]$/u, '');
  return said.endsWith('社区') || bare.length < 2 ? said : bare;
}
