/** How reports look on a terminal: colours, tables and numbers. */
import Table from 'cli-table3';
import picocolors from 'picocolors';
import { formatPlace, type Problem } from '../errors.js';

export type Style = ReturnType<typeof picocolors.createColors>;

/** Functions that colour text, or return it as it is. */
export function createStyle(coloured: boolean): Style {
  return picocolors.createColors(coloured);
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const none = '';
const borderless = {
  top: none,
  'top-mid': none,
  'top-left': none,
  'top-right': none,
  bottom: none,
  'bottom-mid': none,
  'bottom-left': none,
  'bottom-right': none,
  left: none,
  'left-mid': none,
  mid: none,
  'mid-mid': none,
  right: none,
  'right-mid': none,
  middle: '  ',
};

/** A table without lines, its titles dimmed, each row indented by two spaces. */
export function table(style: Style, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    head: columns.map(({ title }) => style.dim(title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** Lines of a name and a value, the values below each other. */
export function facts(style: Style, pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `  ${style.dim(name.padEnd(width))}  ${value}`).join('\n');
}

/** 55296 → `55,296`: the same on every machine, whatever its locale. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 1 → `1 layer`, 2 → `2 layers`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Text from outside with control and formatting characters made visible, so that it cannot steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** Printable and at most `length` characters long; the middle of a longer name goes, its ends tell names apart. */
export function shortened(text: string, length = 48): string {
  const name = printable(text);
  if (name.length <= length) return name;
  const half = Math.floor((length - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(name.length - half)}`;
}

/** Each problem as one paragraph: where, what was found, what to change. */
export function problemText(style: Style, problems: readonly Problem[]): string {
  return problems
    .map(({ code, message, remedy, place }) => {
      const where = formatPlace(place);
      const head = `${style.red(code)}${where === '' ? '' : `  ${printable(where)}`}`;
      return `${head}\n  ${printable(message)}\n  ${style.green('→')} ${printable(remedy)}\n`;
    })
    .join('');
}
