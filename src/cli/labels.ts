/** Names of classes. */
import { ModelcError } from '../errors.js';
import { readInputFile } from './files.js';

/**
 * One name on each line, in the order of the model's classes, or a JSON array of texts.
 *
 * @throws ModelcError `usage/file`
 */
export function readLabels(path: string): readonly string[] {
  const text = new TextDecoder().decode(readInputFile(path)).replace(/^\ufeff/, '');
  const names = text.trimStart().startsWith('[')
    ? fromJson(text)
    : text
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => line.trim());
  if (names?.some((name) => name !== '')) return names;
  throw new ModelcError({
    code: 'usage/file',
    message: 'The file holds no names of classes.',
    remedy: 'Write one name on each line, in the order of the classes, or a JSON array of texts.',
    place: { file: path },
  });
}

function fromJson(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
