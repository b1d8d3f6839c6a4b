/** Small faults in TypeScript source, and a source in which each can be switched on. */
import ts from 'typescript';

export interface Fault {
  /** Path from the root of the project. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: 'operator' | 'comparison' | 'logic' | 'condition' | 'constant' | 'statement' | 'method' | 'sign';
  /** Range of the text that is replaced, and by what. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
}

const operators: Readonly<Record<string, readonly [Fault['kind'], string]>> = {
  '+': ['operator', '-'],
  '-': ['operator', '+'],
  '*': ['operator', '/'],
  '/': ['operator', '*'],
  '%': ['operator', '*'],
  '**': ['operator', '*'],
  '<<': ['operator', '>>'],
  '>>': ['operator', '<<'],
  '>>>': ['operator', '>>'],
  '&': ['operator', '|'],
  '|': ['operator', '&'],
  '^': ['operator', '&'],
  '<': ['comparison', '<='],
  '<=': ['comparison', '<'],
  '>': ['comparison', '>='],
  '>=': ['comparison', '>'],
  '===': ['comparison', '!=='],
  '!==': ['comparison', '==='],
  '&&': ['logic', '||'],
  '||': ['logic', '&&'],
  '+=': ['operator', '-='],
  '-=': ['operator', '+='],
  '*=': ['operator', '/='],
};

const methods: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  some: 'every',
  every: 'some',
};

/** All faults this program knows how to plant in a source, in its order. */
export function faultsOf(file: string, text: string): Fault[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Fault[] = [];
  const add = (node: ts.Node, kind: Fault['kind'], replacement: string) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, kind, start, end: node.end, original: node.getText(source), replacement });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    // what cannot happen: its message is for us alone
    if (ts.isThrowStatement(node) && /^throw new Error\(/.test(node.getText(source))) return;
    faultsAt(node, source, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function faultsAt(
  node: ts.Node,
  source: ts.SourceFile,
  add: (node: ts.Node, kind: Fault['kind'], replacement: string) => void,
): void {
  if (ts.isBinaryExpression(node)) {
    const fault = operators[node.operatorToken.getText(source)];
    const joinsText = [node.left, node.right].some(
      (side) => ts.isStringLiteral(side) || ts.isTemplateExpression(side) || ts.isNoSubstitutionTemplateLiteral(side),
    );
    const [kind, operator] = fault ?? [];
    if (kind !== undefined && !(kind === 'operator' && joinsText)) {
      add(node, kind, `${node.left.getText(source)} ${operator} ${node.right.getText(source)}`);
    }
  } else if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) {
    if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return;
    add(node, 'constant', ts.isBigIntLiteral(node) ? `(${node.text} + 1n)` : `(${node.getText(source)} + 1)`);
  } else if (ts.isPrefixUnaryExpression(node)) {
    const sign = node.operator === ts.SyntaxKind.MinusToken || node.operator === ts.SyntaxKind.ExclamationToken;
    if (sign) add(node, 'sign', node.operand.getText(source));
  } else if (ts.isExpressionStatement(node)) {
    add(node, 'statement', ';');
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const other = methods[node.expression.name.text];
    const args = node.getText(source).slice(node.expression.getText(source).length);
    if (other !== undefined) add(node, 'method', `${node.expression.expression.getText(source)}.${other}${args}`);
  }
  const condition = conditionOf(node);
  if (condition !== undefined) add(condition, 'condition', `!(${condition.getText(source)})`);
}

function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return node.expression;
  return ts.isConditionalExpression(node) ? node.condition : undefined;
}

/** The text with each fault behind a switch: `MODELC_MUTANT` names the one that is active. */
export function instrument(file: string, text: string, faults: readonly (Fault & { readonly id: number })[]): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const render = (node: ts.Node): string => {
    const start = node.getStart(source);
    let rendered = '';
    let from = start;
    ts.forEachChild(node, (child) => {
      const childStart = child.getStart(source);
      rendered += text.slice(from, childStart) + render(child);
      from = child.end;
    });
    rendered += text.slice(from, node.end);
    for (const { id, replacement, kind } of faults.filter((fault) => fault.start === start && fault.end === node.end)) {
      if (kind === 'statement' ? !ts.isExpressionStatement(node) : !ts.isExpression(node)) continue;
      rendered =
        kind === 'statement'
          ? `if (modelcFault(${id})) { } else { ${rendered} }`
          : `(modelcFault(${id}) ? (${replacement}) : (${rendered}))`;
    }
    return rendered;
  };
  const head = `const modelcMutation = ((globalThis as any).modelcMutation ??= {
  seen: new Uint32Array(10000),
  active: Number(process.env.MODELC_MUTANT ?? -1),
  limit: Number.MAX_SAFE_INTEGER,
});
const modelcFault = (id: number): boolean => {
  modelcMutation.seen[id]++;
  if (id !== modelcMutation.active) return false;
  if (modelcMutation.seen[id] > modelcMutation.limit) throw new Error('endless');
  return true;
};
`;
  return text.slice(0, source.getStart(source)) + head + render(source) + text.slice(source.end);
}
