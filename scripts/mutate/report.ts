/** What a run of `npm run mutate` found. */
import type { Fault } from './faults.js';

export interface FaultResult extends Fault {
  /** Number in the sample. */
  readonly id: number;
  /** `not run`: no test runs through the place. */
  readonly outcome: 'killed' | 'timed out' | 'survived' | 'not run';
}

export interface MutationRun {
  readonly seed: number;
  readonly results: readonly FaultResult[];
}

export function isFound({ outcome }: FaultResult): boolean {
  return outcome === 'killed' || outcome === 'timed out';
}

/** The score of each room, and what was not found. */
export function summary({ seed, results }: MutationRun): string {
  const rooms = [...new Set(results.map(({ file }) => file.split('/')[1] as string))].sort();
  const row = (name: string, own: readonly FaultResult[]) =>
    `| ${name} | ${own.length} | ${own.filter(isFound).length} | ${((100 * own.filter(isFound).length) / own.length).toFixed(1)} % |`;
  const survivors = results.filter((result) => !isFound(result));
  return [
    `seed ${seed}`,
    '| room | faults | found | score |',
    '| --- | --: | --: | --: |',
    ...rooms.map((room) =>
      row(
        room,
        results.filter(({ file }) => file.startsWith(`src/${room}/`)),
      ),
    ),
    row('all', results),
    '',
    ...survivors.map(
      ({ id, file, line, original, replacement, outcome }) =>
        `${id}  ${file}:${line}  ${oneLine(original)}  →  ${oneLine(replacement)}  ${outcome}`,
    ),
  ].join('\n');
}

function oneLine(text: string): string {
  const joined = text.replaceAll(/\s+/g, ' ');
  return joined.length > 70 ? `${joined.slice(0, 69)}…` : joined;
}
