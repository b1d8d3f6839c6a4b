/** Scripts that let a shell complete the command line, made from the commands as they are declared. */
import type { Command } from 'commander';
import { ModelcError } from '../errors.js';

export const shells = ['bash', 'zsh', 'fish'] as const;

interface Completable {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly long: string;
    readonly short?: string;
    readonly description: string;
    readonly argument: boolean;
  }[];
}

/** @throws ModelcError `usage/argument` for a shell that is none of `shells` */
export function completionScript(program: Command, shell: string, boards: readonly string[]): string {
  const commands: Completable[] = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options, ...command.createHelp().visibleOptions(command).slice(command.options.length)].map(
      ({ long, short, description, required, optional }) => ({
        long: long ?? '',
        ...(short === undefined ? {} : { short }),
        description,
        argument: required || optional,
      }),
    ),
  }));
  if (shell === 'bash') return bash(commands, boards);
  // zsh reads scripts for bash
  if (shell === 'zsh')
    return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands, boards)}`;
  if (shell === 'fish') return fish(commands, boards);
  throw new ModelcError({
    code: 'usage/argument',
    message: `There is no completion for "${shell}".`,
    remedy: `Name one of ${shells.join(', ')}.`,
    place: {},
  });
}

function bash(commands: readonly Completable[], boards: readonly string[]): string {
  const cases = commands.map(
    ({ name, options }) =>
      `    ${name}) words="${options
        .flatMap(({ long, short }) => [long, short ?? ''])
        .join(' ')
        .replace(/ +/g, ' ')
        .trim()}" ;;`,
  );
  return `# modelc completion
_modelc() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$word"))
    return
  fi
  case "$before" in
    -b|--board) COMPREPLY=($(compgen -W "${boards.join(' ')}" -- "$word")); return ;;
    --on) COMPREPLY=($(compgen -W "interpreter ${boards.join(' ')}" -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W "${shells.join(' ')}" -- "$word")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _modelc modelc
`;
}

function fish(commands: readonly Completable[], boards: readonly string[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c modelc -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...options.map(({ long, short, description: what, argument }) => {
      const values =
        long === '--board'
          ? ` -x -a ${quoted(boards.join(' '))}`
          : long === '--on'
            ? ` -x -a ${quoted(`interpreter ${boards.join(' ')}`)}`
            : argument
              ? ' -r'
              : '';
      const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
      return `complete -c modelc -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}${letter}${values} -d ${quoted(what)}`;
    }),
  ]);
  return `# modelc completion\n${lines.join('\n')}\ncomplete -c modelc -n '__fish_seen_subcommand_from completion' -x -a '${shells.join(' ')}'\n`;
}
