// The platforms for which one Linux machine makes a binary, and what each needs for it.
//
// zig comes from npm with the headers and libraries of other and older systems, so what it links
// needs nothing newer than they have; its C++ library goes into the binary. A release is built on
// the platforms themselves where there are machines for them (docs/releasing.md).

/** The oldest libraries that Linux may have: those of the oldest system that Node runs on. */
export const floor = { GLIBC: '2.28', GLIBCXX: '3.4.25', CXXABI: '1.3.11' };

const debian = (triple, compiler = `${triple}-g++`) => ({
  compiler: [compiler],
  strip: `${triple}-strip`,
  archiver: `${triple}-ar`,
  assembler: [compiler],
  packages: [`g++-${triple}`],
});

const zig = target => ({ zig: target, packages: [], hasFloor: true });

export const targets = {
  'linux-x64': {
    system: 'Linux',
    file: 'linux-x64/socket-async-event-args.glibc.node',
    format: { kind: 'ELF', machine: 62 },
    ...zig(`x86_64-linux-gnu.${floor.GLIBC}`),
  },
  'linux-arm64': {
    system: 'Linux',
    file: 'linux-arm64/socket-async-event-args.glibc.node',
    format: { kind: 'ELF', machine: 183 },
    ...zig(`aarch64-linux-gnu.${floor.GLIBC}`),
  },
  'linux-arm': {
    system: 'Linux',
    file: 'linux-arm/socket-async-event-args.armv7.glibc.node',
    format: { kind: 'ELF', machine: 40 },
    ...zig(`arm-linux-gnueabihf.${floor.GLIBC}`),
  },
  // Big endian: nobody asked for it, but nothing else here finds a mistake in the order of bytes.
  'linux-s390x': {
    system: 'Linux',
    file: 'linux-s390x/socket-async-event-args.glibc.node',
    format: { kind: 'ELF', machine: 22 },
    ...debian('s390x-linux-gnu'),
  },
  'win32-x64': {
    system: 'Windows',
    file: 'win32-x64/socket-async-event-args.node',
    format: { kind: 'PE', machine: 0x8664 },
    ...debian('x86_64-w64-mingw32', 'x86_64-w64-mingw32-g++-posix'),
    packages: ['g++-mingw-w64-x86-64-posix'],
  },
  'linux-musl-x64': {
    system: 'Linux',
    file: 'linux-x64/socket-async-event-args.musl.node',
    format: { kind: 'ELF', machine: 62 },
    ...zig('x86_64-linux-musl'),
  },
  'linux-musl-arm64': {
    system: 'Linux',
    file: 'linux-arm64/socket-async-event-args.musl.node',
    format: { kind: 'ELF', machine: 183 },
    ...zig('aarch64-linux-musl'),
  },
  'darwin-x64': {
    system: 'Darwin',
    file: 'darwin-x64/socket-async-event-args.node',
    format: { kind: 'Mach-O', machine: 0x01000007 },
    ...zig('x86_64-macos.11.0'),
  },
  'darwin-arm64': {
    system: 'Darwin',
    file: 'darwin-arm64/socket-async-event-args.node',
    format: { kind: 'Mach-O', machine: 0x0100000c },
    ...zig('aarch64-macos.11.0'),
  },
  'win32-arm64': {
    system: 'Windows',
    file: 'win32-arm64/socket-async-event-args.node',
    format: { kind: 'PE', machine: 0xaa64 },
    ...zig('aarch64-windows-gnu'),
  },
};

/** The targets of these names, or all; throws the name of one that does not exist. */
export function chooseTargets(names) {
  const unknown = names.find(name => !(name in targets));
  if (unknown !== undefined) throw new RangeError(unknown);
  const chosen = names.length > 0 ? names : Object.keys(targets);
  return chosen.map(name => ({ name, ...targets[name] }));
}
