/** Puts a board's files on disk, as a generated project has them. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../src/targets/board.js';
import { boardFiles } from '../../src/targets/build-command.js';
import { boardsDirectory } from '../../src/targets/load-boards.js';

export function writeBoardFiles(board: Board, directory: string): void {
  for (const file of boardFiles(board)) {
    const to = join(directory, file.to);
    if ('text' in file) writeFileSync(to, file.text);
    else copyFileSync(join(boardsDirectory, file.from), to);
  }
}
