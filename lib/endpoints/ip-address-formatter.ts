// Writes IP addresses as text, the way .NET does.

const groupCount = 8;
const groupsBeforeDotted = 6;
const isatapMark = 0x5efe;

/**
 * Writes an IPv4 address as four decimal numbers.
 *
 * @param word The address as a 32-bit integer, signed or not, 1.2.3.4 being 0x01020304.
 * @internal
 */
export function formatIPv4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
}

/**
 * Whether the last two groups are written as an IPv4 address. They are when the address is mapped
 * (::ffff:1.2.3.4), compatible (::1.2.3.4) or translated (::ffff:0:1.2.3.4), unless group six is
 * zero, which would turn ::1 into ::0.0.0.1; and in ISATAP addresses (…:0:5efe:1.2.3.4) always.
 */
function endsDotted(groups: readonly number[]): boolean {
  const [a, b, c, d, e, f, g] = groups;
  if (e === 0 && f === isatapMark) return true;
  if (a !== 0 || b !== 0 || c !== 0 || d !== 0 || g === 0) return false;
  return (e === 0 && (f === 0 || f === 0xffff)) || (e === 0xffff && f === 0);
}

/** The longest run of two or more zero groups, the first of equals; its length is 0 if none is. */
function longestZeroRun(groups: readonly number[], count: number): [start: number, length: number] {
  let bestStart = 0;
  let bestLength = 1;
  let start = 0;
  for (let index = 0; index < count; index++) {
    if (groups[index] !== 0) start = index + 1;
    else if (index + 1 - start > bestLength) {
      bestStart = start;
      bestLength = index + 1 - start;
    }
  }
  return bestLength > 1 ? [bestStart, bestLength] : [0, 0];
}

function formatGroups(groups: readonly number[], from: number, to: number): string {
  return groups
    .slice(from, to)
    .map(group => group.toString(16))
    .join(':');
}

/**
 * Writes an IPv6 address: lower-case groups, the longest run of zeros as `::`, and the scope behind
 * `%` unless it is 0.
 *
 * @param groups The eight groups, 0 to 0xffff each.
 * @param scopeId The scope, 0 to 2^32 - 1.
 * @internal
 */
export function formatIPv6(groups: readonly number[], scopeId: number): string {
  const dotted = endsDotted(groups);
  const count = dotted ? groupsBeforeDotted : groupCount;
  const [start, length] = longestZeroRun(groups, count);
  let text = formatGroups(groups, 0, count);
  if (length > 0) {
    text = `${formatGroups(groups, 0, start)}::${formatGroups(groups, start + length, count)}`;
  }
  if (dotted) {
    const [high, low] = groups.slice(groupsBeforeDotted);
    text += `${text.endsWith(':') ? '' : ':'}${formatIPv4((high << 16) | low)}`;
  }
  return scopeId === 0 ? text : `${text}%${scopeId}`;
}
