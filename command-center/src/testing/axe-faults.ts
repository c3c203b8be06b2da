import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong: the rule and the place. */
export async function axeFaults(page: Page): Promise<string[]> {
  const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(async () => {
    interface Finding {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const { axe } = globalThis as unknown as {
      readonly axe: { run(options: object): Promise<{ readonly violations: Finding[] }> };
    };
    const found = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa'],
      resultTypes: ['violations'],
      // Only `html` is told of them.
      selectors: false,
    });
    return found.violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 160) ?? ''}`);
  });
}
