import { describe, expect, it } from 'vitest';
import { checkPrefix, commentText, identifierPart, prefixFromFile } from '../../src/codegen/names.js';
import { problemsOf } from '../support/problems.js';
import { createRandom } from '../support/random.js';

describe('commentText', () => {
  it.each([
    ['conv2d/Relu;conv2d/BiasAdd', 'conv2d/Relu;conv2d/BiasAdd'],
    ['say "hi"', 'say "hi"'],
    ['evil */ int x; /* more', 'evil * / int x; / * more'],
    ['/*/', '/ * /'],
    ['**//', '** //'],
    ['line\nbreak\r\tand tab', 'line?break? ?and tab'],
    ['größe', 'gr? ?e'],
    ['層', '?'],
    ['🙂', '? ?'],
    ['???', '? ? ?'],
    ['??/', '? ?/'],
    ['????/', '? ? ? ?/'],
    ['ends in a backslash \\', 'ends in a backslash \\.'],
    ['\u2028\0\u007f', '? ? ?'],
    ['', ''],
  ])('makes %j harmless', (name, comment) => {
    expect(commentText(name)).toBe(comment);
  });

  it('keeps both ends of long names, 100 characters in all', () => {
    expect(commentText('a'.repeat(100))).toBe('a'.repeat(100));
    expect(commentText(`${'a'.repeat(5000)}z`)).toBe(`${'a'.repeat(40)}...${'a'.repeat(56)}z`);
    expect(commentText('?'.repeat(101))).toHaveLength(100);
    expect(commentText(`${'a'.repeat(99)}\\`)).toBe(`${'a'.repeat(99)}\\.`);
  });

  it('never leaves what ends a comment, starts one, joins lines or is a trigraph', () => {
    const random = createRandom(5);
    const alphabet = ['*', '/', '?', '\\', '\n', ' ', 'a', 'ü', '"'];
    for (let round = 0; round < 20_000; round++) {
      const name = Array.from({ length: random.below(12) }, () => random.pick(alphabet)).join('');
      // once more, as the comment of a constant that is made from a tensor's name
      for (const text of [commentText(name), commentText(`tensor 1 "${commentText(name)}"`)]) {
        expect(text, JSON.stringify(name)).toMatch(/^[ -~]*$/);
        expect(text, JSON.stringify(name)).not.toMatch(/\*\/|\/\*|\?\?|\\$/);
      }
    }
  });
});

describe('checkPrefix', () => {
  it.each(['a', 'digits', 'person_detect_v2', 'x'.repeat(64), 'int', 'main', 'modelcar', 'boards', 'strings_of'])(
    'accepts %s',
    (name) => {
      expect(checkPrefix(name)).toBe(name);
    },
  );

  it.each([
    '',
    'Digits',
    '2fast',
    '_hidden',
    'a-b',
    'a b',
    'a;b',
    'a\n',
    'größe',
    'x'.repeat(65),
    'a__b',
    'a_',
    'f',
    'con',
    'digits_layer_0',
    'modelc',
    'board',
    '../up',
    'platform',
    'modelc_base',
    'board_file',
    'stdint',
    'string',
    'features',
  ])('refuses %j', (name) => {
    expect(problemsOf(() => checkPrefix(name))).toMatchObject([{ code: 'usage/argument' }]);
  });
});

describe('prefixFromFile', () => {
  it.each([
    ['models/Person-Detect v2.tflite', 'person_detect_v2'],
    ['C:\\models\\kws.tflite', 'kws'],
    ['10_classes.tflite', 'model_10_classes'],
    ['modelc.tflite', 'model_modelc'],
    ['board', 'model_board'],
    ['modelc_base.tflite', 'model_modelc_base'],
    ['stdint.tflite', 'model_stdint'],
    ['.tflite', 'model'],
    ['モデル.tflite', 'model_04241b03'],
    ['größe.tflite', 'gro_e_5bd3a989'],
    ['café.tflite', 'cafe'],
    ['F.tflite', 'model_f'],
    ['first layer-2.tflite', 'firstlayer_2'],
    ['1 input.tflite', 'model_1input'],
  ])('%s gives %s', (path, prefix) => {
    expect(prefixFromFile(path)).toBe(prefix);
  });

  it('gives a valid prefix for any path', () => {
    const random = createRandom(6);
    for (let round = 0; round < 5_000; round++) {
      const path = Array.from({ length: random.below(60) }, () =>
        random.pick(['a', 'B', '_', '-', '.', '/', '7', 'é', 'ß', '_input', '-layer', 'in0', 'c', 'long'.repeat(8)]),
      );
      expect(checkPrefix(prefixFromFile(path.join('')))).toMatch(/^[a-z]/);
    }
  });
});

describe('identifierPart', () => {
  it.each([
    ['FULLY_CONNECTED', 'fully_connected'],
    ['CUSTOM:Filter*/', 'custom_filter_'],
    ['größe', 'gr_e'],
  ])('%s becomes %s', (text, part) => {
    expect(identifierPart(text)).toBe(part);
  });
});
