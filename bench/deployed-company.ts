/** The demo's company at its vendors, and a twin that reads it, with functions that say what they take. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { EpochMs } from '../lib/core/time.ts';
import type { Company } from '../lib/simulator/company/demo-company.ts';
import { CompanyVendors, TRAIL_BUCKET } from '../lib/simulator/company/vendors.ts';
import { deployTwin, NO_MISCHIEF, TwinClock, type Twin } from '../lib/simulator/twin/index.ts';

export interface DeployedCompany {
  readonly twin: Twin;
  readonly vendors: CompanyVendors;
  readonly stop: () => Promise<void>;
}

/** @param from - when it is deployed @param every - how often logs are read */
export async function deployCompany(
  company: Company,
  { from, every }: { readonly from: EpochMs; readonly every: string },
): Promise<DeployedCompany> {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-bench-'));
  const clock = new TwinClock(from);
  const vendors = new CompanyVendors(company, clock.now);
  await vendors.start();
  const config = join(folder, 'ringer.yaml');
  writeFileSync(join(folder, 'people.csv'), company.people);
  writeFileSync(config, yamlOf(vendors.sources(every)));
  writeMeasured(folder);
  const twin = await deployTwin({
    clock,
    deploy: { config },
    functionsDirectory: folder,
    secrets: vendors.secrets,
    mischief: NO_MISCHIEF,
  });
  await twin.aws.createBucket(TRAIL_BUCKET);
  return {
    twin,
    vendors,
    async stop() {
      await twin.stop();
      await vendors.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes for every function a module of the same name, whose handler is the function's, measured. */
function writeMeasured(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const measured = JSON.stringify(join(import.meta.dirname, 'measured.ts'));
  for (const path of globSync('functions/*.ts')) {
    const module = `import { measured } from ${measured};\nexport const handler = await measured(${JSON.stringify(resolve(path))});\n`;
    writeFileSync(join(folder, basename(path)), module);
  }
}

function yamlOf(sources: string): string {
  return `
organization: { name: Example, domains: [example.com] }
sources:${sources}
people: people.csv
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: low }
`;
}
