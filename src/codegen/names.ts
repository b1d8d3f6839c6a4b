/** C identifiers and comments made from names that come from outside. */
import { ModelcError } from '../errors.js';
import { crc32, formatCrc32 } from '../ir/crc32.js';

/**
 * Headers of the C library and those it includes itself: `<stdint.h>` would find the model's `stdint.h`, because the
 * folder of the model is on the include path.
 */
const libraryHeaders = new Set(
  (
    'alloca assert complex ctype endian errno features fenv float inttypes iso646 limits locale math newlib picolibc ' +
    'setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings tgmath ' +
    'threads time uchar unistd wchar wctype'
  ).split(' '),
);

/** `F_OK` and its kin are macros of `<unistd.h>`; the others name devices on Windows, where no file can have them. */
const otherwiseTaken = /^([frwx]|aux|con|nul|prn|com\d|lpt\d)$/;

/** Whether a prefix would give identifiers or files that a project or its surroundings already have. */
function isReserved(name: string): boolean {
  return /^(modelc|board|platform)(_|$)/.test(name) || libraryHeaders.has(name) || otherwiseTaken.test(name);
}

/**
 * Words with which identifiers go on behind the prefix, where the rest may be anything: `_layer_00_run`,
 * `_IN0_ARENA_SIZE`. They are no words of a prefix behind its first. Otherwise model `a` and model `a_layer_00` could
 * both have an identifier `a_layer_00_run`: if identifiers of two models are equal, the longer prefix continues the
 * shorter one with the first words of an identifier. test/codegen/prefixes.test.ts holds generated projects to this.
 */
const continuation = /^((in|out)\d+|(input|output)\d*|layer|tensor|error|quantize|dequantize)$/;

const maximumLength = 64;

/**
 * Checks a model's C prefix: words of lower-case letters and digits, joined by single underscores, a letter first, at
 * most 64 characters; no name that the project, the C library or a system already uses, and no word behind the first
 * with which identifiers continue. No identifier and no file of a model is then one of a model with another prefix.
 *
 * @throws ModelcError `usage/argument`
 */
export function checkPrefix(name: string): string {
  const fault = faultOf(name);
  if (fault === undefined) return name;
  throw new ModelcError({
    code: 'usage/argument',
    message: `"${name}" cannot be the prefix of the generated C identifiers: ${fault}.`,
    remedy: 'Choose another name with --name.',
    place: {},
  });
}

function faultOf(name: string): string | undefined {
  if (name.length > maximumLength) return `it has more than ${maximumLength} characters`;
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
    return 'it has to be words of lower-case letters and digits, joined by single underscores, a letter first';
  }
  if (isReserved(name)) return 'the project, the C library or an operating system has files or macros of this name';
  const word = name
    .split('_')
    .slice(1)
    .find((text) => continuation.test(text));
  return word === undefined ? undefined : `"_${word}" is what identifiers of another model may continue with`;
}

/**
 * A valid prefix from a file name: `Person-Detect v2.tflite` → `person_detect_v2`, `10.tflite` → `model_10`,
 * `first-layer.tflite` → `firstlayer`. Where letters are lost, because the name is too long or not of this alphabet, a
 * checksum of the whole takes their place, so that different names stay different.
 */
export function prefixFromFile(path: string): string {
  const base = path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  // accents are taken off their letters
  const plain = base.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = joinWords(plain.split(/[^a-z0-9]+/));
  const prefix = /^[a-z]/.test(name) && !isReserved(name) ? name : joinWords(['model', name]);
  const isWhole = prefix.length <= maximumLength && !/[\p{L}\p{N}]/u.test(plain.replace(/[a-z0-9]/g, ''));
  if (isWhole) return prefix;
  const sum = formatCrc32(crc32(new TextEncoder().encode(base)));
  return joinWords([...prefix.slice(0, maximumLength - sum.length - 1).split('_'), sum]);
}

/** Words joined by underscores, except those with which identifiers continue: these are joined to the word before. */
function joinWords(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .reduce((name, word) => `${name}${name === '' || continuation.test(word) ? '' : '_'}${word}`, '');
}

/** `FULLY_CONNECTED` → `fully_connected`, safe inside an identifier. */
export function identifierPart(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

const [commentLength, commentHead, commentTail] = [100, 40, 57];

/**
 * Text for a C comment: printable ASCII, one line, bounded, and unable to end the comment. Of a long one both ends stay:
 * names of tensors begin alike and differ where they end.
 */
export function commentText(text: string): string {
  const ends = text.length > 2 * commentLength ? `${text.slice(0, commentLength)}${text.slice(-commentLength)}` : text;
  const printable = ends
    .replace(/[^ -~]/g, '?')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *')
    // trigraphs; each of a run is parted, because the second of a pair may begin another
    .replace(/\?(?=\?)/g, '? ');
  const shortened =
    printable.length > commentLength
      ? `${printable.slice(0, commentHead)}...${printable.slice(-commentTail)}`
      : printable;
  return shortened.replace(/\\$/, '\\.');
}
