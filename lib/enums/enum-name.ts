/**
 * The name of an enum value, for messages and `toString`; a value without a name gives its decimal
 * digits, as in .NET. Of several names for one value the first declared wins.
 *
 * @internal
 */
export function enumName(members: Readonly<Record<string, number>>, value: number): string {
  for (const name of Object.keys(members)) {
    if (members[name] === value) return name;
  }
  return String(value);
}
