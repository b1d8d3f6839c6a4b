/**
 * Other people's build systems. A host takes the model's C files and adds what its build system asks of a library; for a
 * new project it also has an application that runs the model's self-test.
 */
import type { Assets, ProjectFile } from '../codegen/project.js';
import { type HostName, hostNames } from './names.js';

export { type HostName, hostNames };

interface Host {
  readonly description: string;
  /** Folder of the model's C files in the library. */
  readonly sources: string;
  /** Where a project of the host keeps such a library; `NAME` stands for the model's. */
  readonly place: string;
  /** Template below `templates/hosts/` → path in the library. */
  readonly library: Readonly<Record<string, string>>;
  /** Template below `templates/hosts/` → path in a new project. */
  readonly application: Readonly<Record<string, string>>;
  /** Whether the application's build makes the library by itself, so that a new project has none. */
  readonly runsModelc?: boolean;
}

const selfTest = 'application.c.hbs';

const hosts: Readonly<Record<HostName, Host>> = {
  make: {
    description: 'a makefile to include',
    sources: 'model',
    place: 'models/NAME',
    library: { 'make/library.mk.hbs': 'NAME.mk' },
    application: { 'make/Makefile.hbs': 'Makefile', [selfTest]: 'main.c' },
  },
  cmake: {
    description: 'a CMake library',
    sources: 'model',
    place: 'models/NAME',
    library: { 'cmake/library.cmake.hbs': 'CMakeLists.txt' },
    application: {
      'cmake/CMakeLists.txt.hbs': 'CMakeLists.txt',
      'cmake/modelcConfig.cmake': 'cmake/modelcConfig.cmake',
      [selfTest]: 'main.c',
    },
    runsModelc: true,
  },
  platformio: {
    description: 'a PlatformIO library',
    sources: 'src',
    place: 'lib/NAME',
    library: { 'platformio/library.json.hbs': 'library.json' },
    application: {
      'platformio/platformio.ini.hbs': 'platformio.ini',
      [selfTest]: 'src/main.c',
      'platformio/modelc/modelc_pio.py': 'modelc_pio.py',
    },
    runsModelc: true,
  },
  arduino: {
    description: 'an Arduino library',
    sources: 'src',
    place: 'libraries/NAME',
    library: {
      'arduino/library.properties.hbs': 'library.properties',
      'arduino/keywords.txt.hbs': 'keywords.txt',
      'arduino/self-test.ino.hbs': 'examples/SelfTest/SelfTest.ino',
    },
    application: { 'arduino/self-test.ino.hbs': 'sketch/sketch.ino' },
  },
  zephyr: {
    description: 'a Zephyr module',
    sources: 'model',
    place: 'modules/NAME',
    library: {
      'zephyr/module.yml.hbs': 'zephyr/module.yml',
      'zephyr/module.cmake.hbs': 'zephyr/CMakeLists.txt',
      'zephyr/Kconfig.hbs': 'zephyr/Kconfig',
    },
    application: {
      'zephyr/CMakeLists.txt.hbs': 'CMakeLists.txt',
      'zephyr/prj.conf.hbs': 'prj.conf',
      'zephyr/sample.yaml.hbs': 'sample.yaml',
      'zephyr/main.c.hbs': 'src/main.c',
    },
  },
  'esp-idf': {
    description: 'an ESP-IDF component',
    sources: 'model',
    place: 'components/NAME',
    library: {
      'esp-idf/component.cmake.hbs': 'CMakeLists.txt',
      'esp-idf/idf_component.yml.hbs': 'idf_component.yml',
    },
    application: {
      'esp-idf/CMakeLists.txt.hbs': 'CMakeLists.txt',
      'esp-idf/main.cmake.hbs': 'main/CMakeLists.txt',
      'esp-idf/main.c.hbs': 'main/main.c',
    },
  },
  csolution: {
    description: 'a layer of a CMSIS solution',
    sources: 'model',
    place: 'models/NAME',
    library: { 'csolution/clayer.yml.hbs': 'NAME.clayer.yml' },
    application: {
      'csolution/csolution.yml.hbs': 'NAME.csolution.yml',
      'csolution/cproject.yml.hbs': 'NAME.cproject.yml',
      [selfTest]: 'main.c',
    },
  },
};

export const hostDescriptions: readonly (readonly [HostName, string])[] = hostNames.map((name) => [
  name,
  hosts[name].description,
]);

/** What the templates are filled in with. */
export interface HostFacts {
  /** The model's C prefix. */
  readonly name: string;
  /** All files of the model's project; those in `model/` are taken. */
  readonly files: readonly ProjectFile[];
  /** CRC-32 of the model file, eight hexadecimal digits. */
  readonly crc32: string;
  readonly arenaBytes: number;
  readonly constantBytes: number;
  /** Of a new project: the model file, relative to it, and the processor and board it is for. */
  readonly modelFile?: string;
  readonly cpu?: string;
  readonly board?: string;
}

/** The library: the model's C files and what the host's build system asks for. */
export function hostLibrary(host: HostName, facts: HostFacts, assets: Assets): readonly ProjectFile[] {
  const { sources, library } = hosts[host];
  const model = modelFiles(facts).map(({ path, text }) => ({ path: `${sources}/${path}`, text }));
  return [...model, ...filledIn(library, host, facts, assets)];
}

/** A new project's own files, without the library. */
export function hostApplication(host: HostName, facts: HostFacts, assets: Assets): readonly ProjectFile[] {
  return filledIn(hosts[host].application, host, facts, assets);
}

/** Whether a new project of the host has its library from the start. */
export function hasLibrary(host: HostName): boolean {
  return hosts[host].runsModelc !== true;
}

/** The folder, relative to the host's project, in which it looks for libraries such as ours. */
export function libraryPlace(host: HostName, name: string): string {
  return hosts[host].place.replace('NAME', name);
}

function modelFiles({ files }: HostFacts): readonly ProjectFile[] {
  return files
    .filter(({ path }) => path.startsWith('model/'))
    .map(({ path, text }) => ({ path: path.slice('model/'.length), text }));
}

function filledIn(
  templates: Readonly<Record<string, string>>,
  host: HostName,
  facts: HostFacts,
  assets: Assets,
): readonly ProjectFile[] {
  const { name } = facts;
  const sources = modelFiles(facts)
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.c'));
  const context = {
    ...facts,
    NAME: name.toUpperCase(),
    version: assets.version,
    sources,
    place: libraryPlace(host, name),
    headers: modelFiles(facts)
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.h')),
  };
  return Object.entries(templates).map(([template, path]) => {
    const text = assets.templates.get(`hosts/${template}`);
    if (text === undefined) throw new Error(`template hosts/${template} is missing`);
    const isTemplate = template.endsWith('.hbs');
    return {
      path: path.replace('NAME', name),
      text: isTemplate ? assets.compileTemplate(text, { strict: true })(context) : text,
    };
  });
}
