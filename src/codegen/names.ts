/** C identifiers and comments made from names that come from outside. */
import { ModelcError } from '../errors.js';

/** Prefixes that generated projects use themselves. */
const reserved = new Set(['modelc', 'board']);

/**
 * Checks a model's C prefix: lower-case letters, digits and underscores, a letter first, at most 40 characters.
 * Throws ModelcError `usage/argument`.
 */
export function checkPrefix(name: string): string {
  if (/^[a-z][a-z0-9_]{0,39}$/.test(name) && !reserved.has(name)) return name;
  throw new ModelcError({
    code: 'usage/argument',
    message: `"${name}" cannot be the prefix of the generated C identifiers.`,
    remedy:
      'Use --name with lower-case letters, digits and underscores, starting with a letter; not "modelc" or "board".',
    place: {},
  });
}

/** A valid prefix from a file name: `Person-Detect v2.tflite` → `person_detect_v2`. */
export function prefixFromFile(path: string): string {
  const base = path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30);
  const prefix = /^[a-z]/.test(name) ? name : `model_${name}`.replace(/_$/, '');
  return reserved.has(prefix) ? `${prefix}_model` : prefix;
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
    .replaceAll('??', '? ?');
  return printable.length > 100 ? `${printable.slice(0, 97)}...` : printable.replace(/\\$/, '\\.');
}
