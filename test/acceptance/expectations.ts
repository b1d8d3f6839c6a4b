/** What the published models beside the repository are expected to do. Random models are expected to be supported. */
import type { ProblemCode } from '../../src/errors.js';
import { type ModelFile, sharedModels } from '../support/shared-models.js';

export interface ArenaExpectation {
  /** Largest arena that is accepted: the lower bound at whole-tensor granularity. */
  readonly arenaBytes: number;
}

/** Supported published models with the arena each may take at most. */
export const publishedModels: ReadonlyMap<string, ArenaExpectation> = new Map([
  ['ad', { arenaBytes: 768 }],
  ['hello_world', { arenaBytes: 32 }],
  ['kws', { arenaBytes: 16_000 }],
  ['mcunet_vww1', { arenaBytes: 161_472 }],
  ['micro_speech', { arenaBytes: 5_960 }],
  ['person_detect', { arenaBytes: 55_296 }],
  ['resnet8', { arenaBytes: 49_152 }],
  ['str_ww', { arenaBytes: 6_656 }],
  ['vww', { arenaBytes: 55_296 }],
]);

/** Models that need operators, or types of supported operators, that modelc does not have yet, with their problems. */
export const unsupportedModels: ReadonlyMap<string, readonly ProblemCode[]> = new Map([
  ['audio_preprocessor', ['model/unsupported-operator', 'model/unsupported-type']],
  ['mcunet_detection', ['model/unsupported-operator']],
  ['mnist_lstm', ['model/unsupported-operator']],
  ['mww_okay_nabu', ['model/unsupported-operator']],
  ['mww_vad', ['model/unsupported-operator']],
]);

/** Models that cannot fit a board, with the reason the board is refused for. */
export const tooLarge: Readonly<Record<string, Readonly<Record<string, ProblemCode>>>> = {
  microbit: {
    ad: 'fit/flash',
    person_detect: 'fit/flash',
    mcunet_vww1: 'fit/ram',
    // by the guards that the test program puts around the arena
    resnet8: 'fit/ram',
    vww: 'fit/ram',
    rand13: 'fit/ram',
  },
};

/** The model's name without its extension, which is also its C prefix. */
export function modelName({ name }: ModelFile): string {
  return name.replace(/\.tflite$/, '');
}

/** All models of the folder that modelc compiles: the published ones and the random networks. */
export function supportedModels(): readonly ModelFile[] {
  return sharedModels().filter((file) => !unsupportedModels.has(modelName(file)));
}
