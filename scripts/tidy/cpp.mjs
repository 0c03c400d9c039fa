// Just enough C++ to find functions and globals: no parser, but braces, with comments, strings and
// preprocessor lines out of the way. Where it guesses wrong, it guesses "not a function".

import { countLines, lineAt } from './project.mjs';

const noise =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s]*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'/g;

/** The same text, as long and with the same lines, but without comments and string contents. */
export function stripNoise(text) {
  return text.replace(noise, found => found.replace(/[^\n]/g, ' '));
}

/**
 * Without preprocessor lines, and with the first branch alone of every #if: two branches together
 * need not balance their braces. (clang-tidy sees the branch that is compiled.)
 */
function stripPreprocessor(text) {
  const branches = []; // for each open #if: is the line in its first branch?
  let continued = false;
  const lines = text.split('\n').map(line => {
    const directive = continued ? 'more' : /^\s*#\s*(\w+)/.exec(line)?.[1];
    continued = directive !== undefined && line.endsWith('\\');
    if (directive?.startsWith('if')) branches.push(true);
    if (directive?.startsWith('el')) branches[branches.length - 1] = false;
    if (directive === 'endif') branches.pop();
    return directive || branches.includes(false) ? ' '.repeat(line.length) : line;
  });
  return lines.join('\n');
}

/**
 * { functions: [{ name, line, length }], statements: [{ text, line }] }: every function with a body,
 * and every statement that stands outside of functions and classes.
 */
export function outline(source) {
  const text = stripPreprocessor(stripNoise(source));
  const found = { functions: [], statements: [] };
  const open = [];
  let head = 0; // where the text began that leads to the next brace or semicolon
  for (const { 0: mark, index: at } of text.matchAll(/[{};]/g)) {
    const isValue = open.at(-1)?.kind === 'value';
    if (mark === '{') {
      const kind = kindOfBrace(text, head, at, open.at(-1)?.kind);
      open.push({ kind, head });
      if (kind === 'value') continue;
    } else if (mark === '}') {
      const closed = open.pop();
      if (isValue) continue;
      if (closed?.kind === 'function') found.functions.push(describe(text, closed.head, at));
    } else {
      if (isValue) continue;
      if (open.every(({ kind }) => kind === 'namespace')) addStatement(found, text, head, at);
    }
    head = at + 1;
  }
  return found;
}

const inBody = new Map([
  ['value', 'value'],
  ['function', 'block'],
  ['block', 'block'],
]);

function kindOfBrace(text, from, at, outer) {
  if (inBody.has(outer)) return inBody.get(outer);
  const head = text
    .slice(from, at)
    .replace(/operator\s*[^\s(\w]+/, 'operator')
    .replace(/\balignas\s*\([^()]*\)/g, '')
    .trim();
  if (/^(inline\s+)?namespace\b|^extern$/.test(head)) return 'namespace'; // also extern "C"
  if (/[=,(]$/.test(head)) return 'value';
  if (head.includes('(')) return initialisesMember(text, head, at) ? 'value' : 'function';
  return /\b(class|struct|union|enum)\b/.test(head) ? 'class' : 'value';
}

// In `Loop(int a) : first_{a}, second_{a} {` the last brace alone opens the body.
function initialisesMember(text, head, at) {
  if (!/\)[^()]*:[^:]/.test(head) || !/[\w>]$/.test(head)) return false;
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === '{') depth++;
    if (text[end] === '}' && --depth === 0) return /^\s*[,{]/.test(text.slice(end + 1));
  }
  return false;
}

function describe(text, from, end) {
  const head = text
    .slice(from, end)
    .replace(/\b(public|private|protected)\s*:(?!:)/g, match => ' '.repeat(match.length));
  const start = from + head.search(/\S/);
  const name = /([\w:~]+)\s*\(/.exec(head)?.[1] ?? 'operator';
  return { name, line: lineAt(text, start), length: countLines(text.slice(start, end + 1)) };
}

function addStatement(found, text, from, at) {
  const statement = text.slice(from, at);
  if (statement.trim() === '') return;
  const start = from + statement.search(/\S/);
  found.statements.push({ text: statement.trim(), line: lineAt(text, start) });
}

const notVariable =
  /^(using|typedef|class|struct|union|enum|template|extern|friend|namespace|static_assert)\b|^[A-Z][A-Z0-9_]*\s*\(/;

/** [{ line, text }]: variables that live as long as the process and can change. */
export function mutableGlobals(source) {
  const found = new Map();
  for (const { text, line } of outline(source).statements) {
    if (!notVariable.test(text)) considerVariable(found, text, line);
  }
  const code = stripNoise(source);
  for (const match of code.matchAll(/\b(?:static|thread_local)\b[^;{}]*?[;{(=]/g)) {
    if (!match[0].endsWith('(')) considerVariable(found, match[0], lineAt(code, match.index));
  }
  return [...found].map(([line, text]) => ({ line, text }));
}

function considerVariable(found, statement, line) {
  const declarator = statement.replace(/\s*[={][\s\S]*$|;$/, '');
  if (/[({]/.test(declarator) || /\bconstexpr\b/.test(declarator)) return; // a function, or fixed
  const fixed = /\bconst\b/.test(declarator) && /^[^*]*$|\*\s*const\b/.test(declarator);
  if (!fixed && /\w[\s*&>]+\w/.test(declarator)) found.set(line, declarator.trim());
}
