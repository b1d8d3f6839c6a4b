/** C identifiers and comments made from names that come from outside. */
import { ModelcError } from '../errors.js';

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

/** Whether a prefix would give identifiers or files that a project already has. */
function isReserved(name: string): boolean {
  return /^(modelc|board|platform)(_|$)/.test(name) || libraryHeaders.has(name);
}

/**
 * Checks a model's C prefix: lower-case letters, digits and underscores, a letter first, at most 40 characters, and no
 * name that the project or the C library already uses.
 * Throws ModelcError `usage/argument`.
 */
export function checkPrefix(name: string): string {
  if (/^[a-z][a-z0-9_]{0,39}$/.test(name) && !isReserved(name)) return name;
  throw new ModelcError({
    code: 'usage/argument',
    message: `"${name}" cannot be the prefix of the generated C identifiers.`,
    remedy:
      'Use --name with at most 40 lower-case letters, digits and underscores, starting with a letter; not a header of the C library, nor "modelc", "board" or "platform" with or without more behind an underscore.',
    place: {},
  });
}

/** A valid prefix from a file name: `Person-Detect v2.tflite` → `person_detect_v2`, `10.tflite` → `model_10`. */
export function prefixFromFile(path: string): string {
  const base = path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
  return /^[a-z]/.test(name) && !isReserved(name) ? name : `model_${name}`.replace(/_$/, '');
}

/** `FULLY_CONNECTED` → `fully_connected`, safe inside an identifier. */
export function identifierPart(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** Text for a C comment: printable ASCII, one line, bounded, and unable to end the comment. */
export function commentText(text: string): string {
  const printable = text
    .slice(0, 101)
    .replace(/[^ -~]/g, '?')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *')
    // trigraphs; each of a run is parted, because the second of a pair may begin another
    .replace(/\?(?=\?)/g, '? ');
  return printable.length > 100 ? `${printable.slice(0, 97)}...` : printable.replace(/\\$/, '\\.');
}
