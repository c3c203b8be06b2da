import { describePortHolder, isPortFree } from '@sightline/store';
import { portsFrom } from '#set-up/ports.ts';
import { ok, wrong, type Finding } from './findings.ts';
import type { Care } from './options.ts';
import { readParts } from './read-parts.ts';

/** Whether the ports of an installation are free, or held by the one that runs. */
export async function lookAtPorts({ portBase }: Care): Promise<Finding[]> {
  if ((await readParts(portBase)) !== null) {
    return [ok('端口 Ports', `${portBase}… 正在运行 held by the installation that runs`)];
  }
  const findings: Finding[] = [];
  for (const [name, port] of Object.entries(portsFrom(portBase))) {
    if (await isPortFree('127.0.0.1', port)) continue;
    const holder = await describePortHolder(port);
    const remedy =
      '停掉它，或用 --port-base 换一组端口 Stop it, or choose other ports with --port-base N.';
    findings.push(wrong(`端口 Port ${port} (${name})`, `被占用 taken by ${holder}`, remedy));
  }
  return findings.length > 0 ? findings : [ok('端口 Ports', `${portBase}… 空闲 free`)];
}
