/** The result of `modelc doctor`. */
import { z } from 'zod';
import { ExitCode, type Problem, problemCodes } from '../errors.js';
import type { ToolStatus } from '../simulators/toolchain.js';
import { envelope, envelopeFields } from './json.js';
import { type Style, table } from './terminal.js';

export const doctorSchema = z.strictObject({
  ...envelopeFields,
  command: z.literal('doctor'),
  tools: z.array(
    z.strictObject({
      name: z.string(),
      purpose: z.string(),
      /** Null when the tool is missing. */
      version: z.string().nullable(),
      /** Boards that cannot be verified without it; empty for tools that modelc itself never calls. */
      needed_by: z.array(z.string()),
      apt_packages: z.array(z.string()),
    }),
  ),
});
export type DoctorReport = z.output<typeof doctorSchema>;

/** A missing tool is a problem when a board needs it. */
export function doctorReport(tools: readonly ToolStatus[]): DoctorReport {
  const problems = tools.filter(({ version, neededBy }) => version === undefined && neededBy.length > 0).map(problemOf);
  return {
    ...envelope('doctor', exitCodeOf(problems), problems),
    tools: tools.map(({ name, purpose, version, neededBy, aptPackages }) => ({
      name,
      purpose,
      version: version ?? null,
      needed_by: [...neededBy],
      apt_packages: [...aptPackages],
    })),
  };
}

/** Without a compiler nothing works at all, so that a missing one outranks a missing simulator. */
function exitCodeOf(problems: readonly Problem[]): ExitCode {
  const codes = problems.map(({ code }) => problemCodes[code]);
  return [ExitCode.build, ExitCode.device].find((code) => codes.includes(code)) ?? ExitCode.ok;
}

function problemOf({ name, neededBy, aptPackages }: ToolStatus): Problem {
  const install = aptPackages.length === 0 ? `Install ${name}.` : `sudo apt-get install ${aptPackages.join(' ')}`;
  return {
    code: name.startsWith('qemu-') ? 'device/simulator-missing' : 'build/toolchain-missing',
    message: `${name} is not installed; needed for ${neededBy.join(', ')}.`,
    remedy: install,
    place: {},
  };
}

export function doctorText(style: Style, { tools, problems }: DoctorReport): string {
  const rows = tools.map((tool) => [
    tool.name,
    tool.version === null ? style.red('missing') : style.green(tool.version),
    tool.purpose,
    tool.needed_by.length === 0 ? style.dim('optional') : tool.needed_by.join(', '),
  ]);
  const columns = [{ title: 'tool' }, { title: 'version' }, { title: 'purpose' }, { title: 'needed by' }];
  return `${table(style, columns, rows)}\n\n${advice(style, tools, problems.length > 0)}\n`;
}

function advice(style: Style, tools: DoctorReport['tools'], isNeeded: boolean): string {
  const missing = tools.filter(({ version }) => version === null);
  if (missing.length === 0) return style.green('Everything is there.');
  const packages = [...new Set(missing.flatMap((tool) => tool.apt_packages))];
  const names = missing.map(({ name }) => name).join(', ');
  const start = `Missing${isNeeded ? '' : ', but optional'}: ${names}`;
  return packages.length === 0 ? start : `${start}\nDebian and Ubuntu: sudo apt-get install ${packages.join(' ')}`;
}
