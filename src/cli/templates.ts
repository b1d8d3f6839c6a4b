/**
 * The templates of `templates/`. In the command as it is built, a module made by scripts/build.mjs stands here, in which
 * they are compiled already: to compile them takes much longer than to fill them in.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import Handlebars from 'handlebars';
import type { Template, TemplateOptions } from '../codegen/project.js';
import { packageRoot } from './package.js';

/** Their texts, by their path in the folder; also of the files there that are copied as they are. */
export function readTemplates(): ReadonlyMap<string, string> {
  const folder = join(packageRoot, 'templates');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(hbs|py|cmake)$/.test(file))
    .map((file) => file.split(sep).join('/'));
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

export function compileTemplate(text: string, { strict = false }: TemplateOptions = {}): Template {
  return Handlebars.compile(text, { noEscape: true, strict });
}
