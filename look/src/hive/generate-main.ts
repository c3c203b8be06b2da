import { writeFileSync } from 'node:fs';
import { prefecture5402 } from '@sightline/contracts/divisions';
import { generateHive } from './generate/generate-hive.ts';
import { printLayout } from './generate/print-layout.ts';
import { storeLayout } from './layout.ts';

const target = new URL('./generated/hive-5402.json', import.meta.url);
const layout = generateHive(prefecture5402);
writeFileSync(target, printLayout(storeLayout(layout)));
process.stdout.write(
  `${layout.villages.length} villages, ${layout.townships.length} townships, ${layout.counties.length} counties; ` +
    `${layout.bounds.width.toFixed(1)} × ${layout.bounds.height.toFixed(1)} cells\n`,
);
