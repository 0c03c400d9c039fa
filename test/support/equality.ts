// Loaded before every test file. Jest compares objects by what it sees of them, and it cannot see
// private fields: without this, any two endpoints, sockets or event args would be "equal".

interface Comparable {
  equals(other: unknown): boolean;
}

function isComparable(value: unknown): value is Comparable {
  return (
    typeof value === 'object' &&
    value !== null &&
    !ArrayBuffer.isView(value) && // a Buffer's equals() throws, and jest compares bytes well
    typeof (value as Partial<Comparable>).equals === 'function'
  );
}

type Tester = (one: unknown, other: unknown) => boolean | undefined;

// Jest's types do not know this function yet.
const { addEqualityTesters } = expect as unknown as {
  addEqualityTesters: (testers: readonly Tester[]) => void;
};

addEqualityTesters([
  (one, other) => (isComparable(one) && isComparable(other) ? one.equals(other) : undefined),
]);
