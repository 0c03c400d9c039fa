// How much a server allocates on the JavaScript heap, exactly: every byte, also those that the
// garbage collector took back in between. Used by the servers that run in Node, in a run of its
// own.
//
// V8 does not count allocated bytes, but between two collections the used size only grows, and
// v8.GCProfiler notes the used size right before and right after each collection:
//
//   used   start ╱│ ╱│ ╱ end        allocated = (before₁ - start) + (before₂ - after₁) + …
//               ╱ │╱ │╱                         + (end - afterₙ)
//                 ^  ^ collections
//
// The profiler keeps its notes outside the heap until it is stopped. What remains is this file's
// own allocation between the two readings, some 3 KB in all: nothing, over 100,000 messages.

import v8 from 'node:v8';

export interface HeapReport {
  readonly allocatedBytes: number;
  readonly collections: number;
  /** Time the main thread stood still for collections. */
  readonly collectionUs: number;
  /** Used heap at the end. */
  readonly usedBytes: number;
  /** Length of the window. */
  readonly windowUs: number;
  /** Memory outside the heap that JavaScript objects hold, array buffers included, at the end. */
  readonly externalBytes: number;
}

/** What `endHeapWindow` needs of the beginning. */
export interface HeapWindow {
  readonly profiler: v8.GCProfiler;
  readonly beganMs: number;
  readonly usedBytes: number;
}

/**
 * Every odd SIGUSR2 begins a window and prints `heap begun`, every even one ends it and prints
 * `heap ended` with a {@link HeapReport} as JSON.
 */
export function installHeapReport(): void {
  let window: HeapWindow | null = null;
  process.on('SIGUSR2', () => {
    if (window === null) {
      window = beginHeapWindow();
      process.stdout.write('heap begun\n');
    } else {
      const report = endHeapWindow(window);
      window = null;
      process.stdout.write(`heap ended ${JSON.stringify(report)}\n`);
    }
  });
}

/**
 * Every SIGUSR2 collects the garbage, as much as there is, and prints `collected`. The process has to
 * be started with --expose-gc.
 */
export function installCollect(): void {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('--collect needs node --expose-gc');
  process.on('SIGUSR2', () => {
    // Twice: what finalisers let go of in the first is taken in the second.
    gc();
    setImmediate(() => {
      gc();
      process.stdout.write('collected\n');
    });
  });
}

/** From here on every allocation counts. */
export function beginHeapWindow(): HeapWindow {
  const profiler = new v8.GCProfiler();
  profiler.start();
  return {
    profiler,
    beganMs: performance.now(),
    usedBytes: v8.getHeapStatistics().used_heap_size,
  };
}

/** What was allocated since `beginHeapWindow`. */
export function endHeapWindow(window: HeapWindow): HeapReport {
  const usedBytes = v8.getHeapStatistics().used_heap_size;
  const collections = window.profiler.stop().statistics;
  let allocatedBytes = 0;
  let collectionUs = 0;
  let usedAfterLast = window.usedBytes;
  for (const { beforeGC, afterGC, cost } of collections) {
    allocatedBytes += beforeGC.heapStatistics.usedHeapSize - usedAfterLast;
    usedAfterLast = afterGC.heapStatistics.usedHeapSize;
    collectionUs += cost;
  }
  return {
    allocatedBytes: allocatedBytes + usedBytes - usedAfterLast,
    collections: collections.length,
    collectionUs,
    usedBytes,
    windowUs: (performance.now() - window.beganMs) * 1000,
    externalBytes: process.memoryUsage().external,
  };
}
