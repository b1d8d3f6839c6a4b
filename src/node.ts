/** The part of the library that needs Node: files, compilers and simulators. docs/api.md shows how to use it. */
export { loadAssets } from './cli/assets.js';
export { packageVersion } from './cli/package.js';
export { type CliOptions, runCli } from './cli/run-cli.js';
export { inspectTools, type ToolStatus } from './simulators/toolchain.js';
export { loadBoard, loadBoards } from './targets/load-boards.js';
export { type BuildTarget, buildProject, measureFlash } from './verify/build-project.js';
export { type BoardRunOptions, runOnBoard } from './verify/run-on-board.js';
export { type Verification, type VerifyOptions, verifyOnBoard } from './verify/verify.js';
export { writeProject } from './verify/write-project.js';
