// What the rules look at: a list of files with their text. Rules never touch the disk, so that the
// tests can show each of them a bad sample.

/** From { path: text }; a file whose content does not matter may be given as { bytes }. */
export function makeProject(entries) {
  const files = Object.entries(entries).map(([path, content]) =>
    typeof content === 'string'
      ? { path, text: content, bytes: Buffer.byteLength(content) }
      : { path, text: '', bytes: content.bytes },
  );
  const byPath = new Map(files.map(file => [file.path, file]));
  return {
    files,
    has: path => byPath.has(path),
    hasUnder: folder => files.some(file => file.path.startsWith(`${folder}/`)),
    text: path => byPath.get(path)?.text,
    matching: pattern => files.filter(file => pattern.test(file.path)),
  };
}

export const nativeCode = /^native\/.*\.(cc|h)$/;
export const libCode = /^lib\/.*\.[cm]?ts$/;
export const testCode = /^(test|scripts)\/.*\.test\.(ts|mts|mjs)$/;
export const anyCode = /\.(cc|h|c|[cm]?ts|[cm]?js|gypi?|txt)$|(^|\/)\.ci\/run$|^\.githooks\//;

/** Calls back with (line number, match) for every match of a global pattern. */
export function forEachMatch(text, pattern, callback) {
  for (const match of text.matchAll(pattern)) callback(lineAt(text, match.index), match);
}

export function lineAt(text, index) {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) {
    line++;
  }
  return line;
}

export function countLines(text) {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

export function folderOf(path) {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
