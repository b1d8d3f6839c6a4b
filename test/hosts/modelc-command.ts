/** The built command line behind a script that keeps count of its starts, as a modelc that is installed somewhere. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/cli/package.js';

const built = join(packageRoot, 'dist/cli/main.js');

export interface InstalledModelc {
  /** The script to give to node. */
  readonly script: string;
  /** How often it was started since the last question. */
  starts(): number;
  /** Makes it another version. */
  upgrade(version: string): void;
}

/** Puts it below a folder. `npm run build` must have been run. */
export function installModelc(folder: string): InstalledModelc {
  if (!existsSync(built)) throw new Error(`${built} is missing: npm run build`);
  const script = join(folder, 'dist/cli/main.js');
  const log = join(folder, 'starts.log');
  mkdirSync(join(folder, 'dist/cli'), { recursive: true });
  const upgrade = (version: string) =>
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', version }));
  upgrade('0.1.0');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(log)}, 'x');\nawait import(${JSON.stringify(pathToFileURL(built).href)});\n`,
  );
  return {
    script,
    upgrade,
    starts() {
      const count = existsSync(log) ? readFileSync(log).length : 0;
      writeFileSync(log, '');
      return count;
    },
  };
}
