import { attackRates, type Presentation } from '#domain/attack-rates.ts';
import { quantiles } from '#domain/quantiles.ts';
import { judgePresentation } from '#face-tool/judge-presentation.ts';
import { listPresentations } from '#face-tool/list-presentations.ts';
import { nameFaults, startProgress } from '#face-tool/progress.ts';
import type { Tool } from '#face-tool/tool.ts';

/** `attack DIR`: how often liveness takes an attack for a living person, and a living person for an attack. */
export async function attackCommand(tool: Tool, dir: string): Promise<void> {
  const { files, ignored } = await listPresentations(dir);
  const leftOut = nameFaults(tool.say);
  for (const file of ignored) leftOut(`${file} is neither picture nor film: left out.`);
  const progress = startProgress('presentations judged', { total: files.length, say: tool.say });
  const judged: Presentation[] = [];
  for (const [i, { file, attack }] of files.entries()) {
    const { score, why } = await judgePresentation(tool.reader, file);
    if (why !== null) leftOut(why);
    judged.push({ attack, score });
    progress(i + 1);
  }
  const { livenessThreshold, id } = tool.reader.model;
  const { apcer, apcerWorst, bpcer, perAttack } = attackRates(judged, livenessThreshold);
  const scores = (isAttack: boolean) =>
    quantiles(
      judged.flatMap(({ attack, score }) =>
        score !== null && (attack !== null) === isAttack ? [score] : [],
      ),
    );
  tool.print({
    apcer: apcer.rate,
    bpcer: bpcer.rate,
    threshold: livenessThreshold,
    attack: apcer,
    bonaFide: bpcer,
    apcerWorst,
    perAttack,
    scores: { bonaFide: scores(false), attack: scores(true) },
    ignoredFiles: ignored.length,
    model: id,
  });
}
