// What the rules want to know of a TypeScript file, read by TypeScript's own parser.

import { createRequire } from 'node:module';

const ts = createRequire(import.meta.url)('typescript');
const parsed = new WeakMap();

/**
 * { imports: [{ line, from, typeOnly }], functions: [{ name, line, length }],
 *   testCalls: [{ line, chain, title }], accesses: [{ line, text }] }
 */
export function readSource(file) {
  let found = parsed.get(file);
  if (!found) parsed.set(file, (found = parse(file)));
  return found;
}

function parse({ path, text }) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = { imports: [], functions: [], testCalls: [], accesses: [] };
  const lineOf = position => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = node => {
    const line = lineOf(node.getStart());
    addImport(found.imports, node, line);
    if (ts.isFunctionLike(node) && node.body) {
      const length = lineOf(node.getEnd()) - line + 1;
      found.functions.push({ name: nameOf(node), line, length });
    }
    if (ts.isCallExpression(node)) addTestCall(found.testCalls, node, line);
    if (ts.isPropertyAccessExpression(node)) found.accesses.push({ line, text: node.getText() });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function addImport(imports, node, line) {
  const found = importOf(node);
  if (found && ts.isStringLiteralLike(found.specifier)) {
    imports.push({ line, from: found.specifier.text, typeOnly: found.typeOnly });
  }
}

function importOf(node) {
  if (ts.isImportDeclaration(node)) {
    return { specifier: node.moduleSpecifier, typeOnly: importsTypesOnly(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const names = node.exportClause && ts.isNamedExports(node.exportClause);
    const typeOnly = node.isTypeOnly || (!!names && allTypes(node.exportClause.elements));
    return { specifier: node.moduleSpecifier, typeOnly };
  }
  if (ts.isExternalModuleReference(node)) {
    return { specifier: node.expression, typeOnly: node.parent.isTypeOnly }; // import x = require()
  }
  if (ts.isCallExpression(node) && node.arguments.length > 0 && loadsModule(node.expression)) {
    return { specifier: node.arguments[0], typeOnly: false };
  }
  return undefined;
}

function importsTypesOnly(clause) {
  if (!clause) return false; // import './x' runs it
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return !clause.name && !!bindings && ts.isNamedImports(bindings) && allTypes(bindings.elements);
}

function allTypes(elements) {
  return elements.length > 0 && elements.every(element => element.isTypeOnly);
}

function loadsModule(expression) {
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport || (ts.isIdentifier(expression) && expression.text === 'require');
}

function nameOf(node) {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  // An arrow function is known by the variable or property that it is given to.
  const named = node.name ?? node.parent.name;
  return named ? named.getText() : 'a function';
}

// `it.only.each(table)('title', …)` has the chain it.only.each, and the title of the outer call.
function addTestCall(calls, node, line) {
  const chain = chainOf(node.expression);
  if (!/^(f|x)?(it|test|describe)\b/.test(chain)) return;
  const [first] = node.arguments;
  const literal = first && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
  calls.push({ line, chain, title: literal ? first.getText() : '' });
}

function chainOf(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) {
    return `${chainOf(expression.expression)}.${expression.name.text}`;
  }
  if (ts.isCallExpression(expression)) return chainOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return chainOf(expression.tag);
  return '';
}
