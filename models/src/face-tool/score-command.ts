import { equalErrorRate, tarAtFmr, type ScoredPair } from '#domain/error-rates.ts';
import { similarity } from '#domain/similarity.ts';
import { accuracyOverTenFolds } from '#domain/ten-folds.ts';
import { readPairs, type Pair } from '#face-tool/pairs-file.ts';
import { readTemplates } from '#face-tool/read-templates.ts';
import type { Tool } from '#face-tool/tool.ts';
import { LIMITS } from '#limits.ts';

const FALSE_MATCH_RATES = ['1e-2', '1e-3', '1e-4', '1e-5'] as const;

/** `score PAIRS.tsv`: the error rates of the embedding network on pairs whose people are known. */
export async function scoreCommand(
  tool: Tool,
  file: string,
  { root }: { readonly root: string },
): Promise<void> {
  const { pairs, faults } = await readPairs(file, root);
  for (const fault of faults.slice(0, LIMITS.namedFaults)) tool.say(`${file}: ${fault}`);
  const files = [...new Set(pairs.flatMap((pair) => pair.files))];
  const templates = await readTemplates(tool, files);
  const scored = pairs.flatMap((pair) => scorePair(pair, templates));
  const tar = FALSE_MATCH_RATES.map((fmr) => [fmr, tarAtFmr(scored, Number(fmr))] as const);
  const folds = accuracyOverTenFolds(scored);
  tool.print({
    pairs: pairs.length,
    compared: scored.length,
    genuine: scored.filter(({ isGenuine }) => isGenuine).length,
    impostor: scored.filter(({ isGenuine }) => !isGenuine).length,
    images: files.length,
    failedToAcquire: files.length - templates.size,
    badRows: faults.length,
    accuracy10fold: folds?.mean ?? null,
    accuracy10foldDeviation: folds?.standardDeviation ?? null,
    eer: equalErrorRate(scored),
    tar: Object.fromEntries(tar),
    model: tool.reader.model.id,
    matchThreshold: tool.reader.model.matchThreshold,
  });
}

/** Nothing when one of the pictures gave no template: such a pair was not compared. */
function scorePair(
  { files: [a, b], isGenuine }: Pair,
  templates: ReadonlyMap<string, Float32Array>,
): ScoredPair[] {
  const [one, other] = [templates.get(a), templates.get(b)];
  if (one === undefined || other === undefined) return [];
  return [{ similarity: similarity(one, other), isGenuine }];
}
