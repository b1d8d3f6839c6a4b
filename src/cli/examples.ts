/** What the help of each command ends with. */
import type { CommandName } from '../report/failure.js';

type Examples = readonly [first: string, second: string];

const examples: Readonly<Record<CommandName | 'completion', Examples>> = {
  check: ['modelc check kws.tflite', 'modelc check kws.tflite --board microbit,rp2040'],
  compile: [
    'modelc compile kws.tflite --board mps2-an386',
    'modelc compile kws.tflite -b rp2040 -o firmware --name wake',
  ],
  build: ['modelc build kws.tflite --board rp2040', 'modelc build kws.tflite -b host:clang -o build'],
  init: ['modelc init kws.tflite', 'modelc init kws.tflite --host platformio -o firmware'],
  run: [
    'modelc run kws.tflite --input sample.npy --labels words.txt',
    'modelc run digits.tflite -i seven.png --on mps2-an386',
  ],
  evaluate: [
    'modelc evaluate kws.tflite --data test.npz --labels words.txt',
    'modelc evaluate kws.tflite -d test.npz --on mps2-an386 --limit 20',
  ],
  verify: [
    'modelc verify kws.tflite --board host,mps2-an386,rp2040',
    'modelc verify kws.tflite -b mps2-an386 --input sample.npy --keep traces',
  ],
  boards: ['modelc boards', 'modelc boards --json'],
  doctor: ['modelc doctor', 'modelc doctor --board rp2040'],
  completion: [
    'modelc completion bash >> ~/.bashrc',
    'modelc completion fish > ~/.config/fish/completions/modelc.fish',
  ],
};

export function exampleText(command: CommandName | 'completion'): string {
  return `\nExamples:\n${examples[command].map((line) => `  $ ${line}`).join('\n')}`;
}
