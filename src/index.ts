/**
 * The compiler as a library: bytes in, bytes out. Nothing here touches files, processes or the clock, so it works in a
 * browser as well; what needs Node is in `modelc/node`. docs/api.md shows how to use it.
 */
export { checkModel, type ModelCheck } from './check.js';
export { constantBytes } from './codegen/emit-model.js';
export {
  type Assets,
  generateProject,
  type Project,
  type ProjectFile,
  type ProjectOptions,
} from './codegen/project.js';
export { stackBound } from './codegen/stack.js';
export { randomInputs } from './codegen/test-vectors.js';
export {
  type CompileOptions,
  compileModel,
  lower,
  type PreparedModel,
  type PrepareOptions,
  type Program,
  portableTarget,
  prepareModel,
  type Target,
} from './compiler.js';
export {
  ExitCode,
  formatProblem,
  ModelcError,
  type Place,
  type Problem,
  type ProblemCode,
  problemCodes,
} from './errors.js';
export { type Inference, type InterpreterOptions, interpret } from './interpreter/interpreter.js';
export type { ElementType } from './ir/element-type.js';
export {
  type Graph,
  type Model,
  type Operator,
  type Options,
  type Quantization,
  type Signature,
  type Tensor,
  tensorBytes,
} from './ir/graph.js';
export type { MemoryPlan, PlannedSegment, PlannedValue } from './memory/memory-plan.js';
export { type KernelChoice, type Layer, supportedOperators } from './operators/registry.js';
export { boardsSchema } from './report/boards.js';
export { checkSchema } from './report/check.js';
export { buildSchema, compileSchema } from './report/compile.js';
export { doctorSchema } from './report/doctor.js';
export { evaluateSchema } from './report/evaluate.js';
export { failureSchema } from './report/json.js';
export { runSchema } from './report/run.js';
export { verifySchema } from './report/verify.js';
export { type Board, type BoardSelection, parseBoard, selectBoard, type Toolchain } from './targets/board.js';
export { defaultLimits, type Limits } from './tflite/limits.js';
export { readModel } from './tflite/reader.js';
export { type WritableModel, writeModel } from './tflite/writer.js';
export { compareTraces, type Difference, type LayerVerdict, type TraceVerdict } from './verify/compare-trace.js';
export { type BoardFit, boardFit, requireFit } from './verify/fit.js';
export { extremeCases, givenCases, randomCases, type TestCase } from './verify/test-cases.js';
export { outputLayer, readTrace, type TraceRecord } from './verify/trace.js';
