/** How reports look on a terminal: colours, tables and numbers. */
import Table from 'cli-table3';
import picocolors from 'picocolors';
import { formatPlace, type Problem } from '../errors.js';
import { followsFromPrecision } from '../precision.js';

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

/**
 * The names of one column, each printable and at most `length` characters long. What all of them begin with goes, up to
 * the last part of a path, and then what is before the end: converters give names that begin alike. Names that would
 * become equal keep both ends instead.
 */
export function tellingNames(names: readonly string[], length = 48): string[] {
  const common = names.length < 2 ? 0 : commonFolder(names);
  const tails = names.map((name) => {
    const tail = printable(name.slice(common));
    if (tail.length <= length - (common > 0 ? 1 : 0)) return common > 0 ? `…${tail}` : tail;
    // names joined by the converter: the first is that of the last operator, which gives the value its meaning
    const first = tail.split(';')[0] as string;
    return first.length + 2 <= length && first !== tail
      ? `${common > 0 ? '…' : ''}${first};…`
      : `…${tail.slice(1 - length)}`;
  });
  return tails.map((tail, i) => {
    const isAmbiguous = tails.some((other, j) => other === tail && names[j] !== names[i]);
    return isAmbiguous ? shortened(names[i] as string, length) : tail;
  });
}

/** Length of the path, its last `/` included, that all names share. */
function commonFolder([first = '', ...others]: readonly string[]): number {
  let end = 0;
  for (let slash = first.indexOf('/'); slash >= 0; slash = first.indexOf('/', slash + 1)) {
    const folder = first.slice(0, slash + 1);
    if (folder.includes(';') || !others.every((name) => name.startsWith(folder))) break;
    end = slash + 1;
  }
  return end;
}

/** Places of equal problems that are named. */
const namedPlaces = 4;

/**
 * Each problem as one paragraph: where, what was found, what to change. Equal problems of operators of one kind are one
 * paragraph; those that follow from a model not being int8 are counted.
 */
export function problemText(style: Style, problems: readonly Problem[]): string {
  const isFollowing = problems.some(({ code }) => code === 'model/not-int8') ? followsFromPrecision : () => false;
  const groups = new Map<string, Problem[]>();
  for (const problem of problems.filter((one) => !isFollowing(one))) {
    const { code, message, remedy, place } = problem;
    const key = place.operator === undefined ? [groups.size] : [code, message, remedy, place.file, place.operator.name];
    groups.set(JSON.stringify(key), [...(groups.get(JSON.stringify(key)) ?? []), problem]);
  }
  const following = problems.filter(isFollowing).length;
  return [...groups.values()]
    .map((group) => {
      const { code, message, remedy } = group[0] as Problem;
      const where = placesText(group);
      const head = `${style.red(code)}${where === '' ? '' : `  ${printable(where)}`}`;
      const more =
        code === 'model/not-int8'
          ? `\n  ${style.dim(`${counted(following, 'problem')} of operators that follow from this: see --json`)}`
          : '';
      return `${head}\n  ${printable(message)}\n  ${style.green('→')} ${printable(remedy)}${more}\n`;
    })
    .join('');
}

/** The place of one problem, or of the first of several equal ones and the numbers of the others' operators. */
function placesText(group: readonly Problem[]): string {
  const first = formatPlace((group[0] as Problem).place);
  if (group.length === 1) return first;
  const others = group.slice(1).map(({ place }) => place.operator?.index);
  const rest = others.length > namedPlaces ? `, … ` : '';
  return `${first}; and ${others.length} more ${(group[0] as Problem).place.operator?.name}: operators ${others.slice(0, namedPlaces).join(', ')}${rest}`.trimEnd();
}
